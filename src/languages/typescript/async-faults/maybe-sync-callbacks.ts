import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { FUNCTION_KINDS, indexOf } from "../module-index.ts";
import { argumentsOf, hasToken } from "../nodes.ts";
import { parameterNames } from "../parameter-names.ts";
import { isTestPath } from "../test-path.ts";
import { inJudgedModules } from "./judged-modules.ts";
import { ownNodes } from "./own-nodes.ts";

/** A callback that is called before the function returns on one way, and later on another. */
export interface MaybeSyncCallback {
  readonly at: Place;
  readonly name: string;
  /** The call that comes later. */
  readonly laterAt: Place;
  /** Puts the call off. */
  readonly edits: readonly Edit[];
}

const NAMES = /^(?:callback|cb|done)$/;

/**
 * `if (known) return callback(null, known); load(key, (error, value) => callback(error, value));`. Only results: errors of wrong
 * arguments are told at once by custom. The other way must be a callback that takes an error, or a timer.
 */
export const maybeSyncCallbacks = defineAnalysis("maybe sync callbacks", (use) =>
  inJudgedModules(use, /\b(?:callback|cb|done)\s*\(\s*(?:null|undefined)\b/, ({ tree, path }) => {
    if (isTestPath(path)) return [];
    const place = (node: NodeId): Place => ({ file: path, ...tree.spanOf(node) });
    return indexOf(tree).functions.flatMap((of): MaybeSyncCallback[] => {
      const name = parameterNames(tree, of).at(-1);
      if (name === undefined || !NAMES.test(name) || isDamaged(tree, of)) return [];
      const isJudged = !hasToken(tree, of, "async") && !isPrivate(tree, of);
      const now = isJudged ? callNow(tree, of, name) : undefined;
      const later = now === undefined ? undefined : callLater(tree, of, name);
      if (now === undefined || later === undefined) return [];
      const { start, end } = tree.spanOf(now);
      const edits = [
        { file: path, start, end: start, text: "queueMicrotask(() => " },
        { file: path, start: end, end, text: ")" },
      ];
      return [{ at: place(now), name, laterAt: place(later), edits }];
    });
  }),
);

/** `#load`, `_load`, `Loader.prototype._load = function …`: its callers know it. */
function isPrivate(tree: Tree, of: NodeId): boolean {
  const place = tree.parentOf(of);
  const isAssigned = tree.kindOf(place) === "assignment_expression";
  const name = isAssigned
    ? tree.childIn(place, "left")
    : tree.kindOf(of) === "arrow_function"
      ? NONE
      : tree.childIn(of, "name");
  return name !== NONE && /(?:^|\.)[#_]\w*$/.test(tree.textOf(name));
}

function isCallOf(tree: Tree, node: NodeId, name: string): boolean {
  if (tree.kindOf(node) !== "call_expression") return false;
  const callee = tree.childIn(node, "function");
  return callee !== NONE && tree.kindOf(callee) === "identifier" && tree.textOf(callee) === name;
}

/** A result that is handed over at once, in a branch that then returns. */
function callNow(tree: Tree, of: NodeId, name: string): NodeId | undefined {
  const body = tree.childIn(of, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block") return undefined;
  for (const node of ownNodes(tree, body)) {
    if (!isCallOf(tree, node, name) || enclosingFunction(tree, node) !== of) continue;
    const [error, value] = argumentsOf(tree, node);
    if (error === undefined || value === undefined) continue;
    if (/^(?:null|undefined)$/.test(tree.textOf(error)) && isLeft(tree, node, body)) return node;
  }
  return undefined;
}

/** `return callback(…)`, or `callback(…); return;`, not at the end of the function itself. */
function isLeft(tree: Tree, call: NodeId, body: NodeId): boolean {
  const statement = tree.parentOf(call);
  if (tree.parentOf(statement) === body) return false;
  if (tree.kindOf(statement) === "return_statement") return true;
  let next = tree.nextSibling[statement] as number;
  while (next !== NONE && tree.kindOf(next) === "comment") next = tree.nextSibling[next] as number;
  return next !== NONE && tree.kindOf(next) === "return_statement";
}

const TIMERS = /^(?:setTimeout|setImmediate|process\.nextTick|queueMicrotask)$|\.then$/;

/** A call in a function that somebody calls later: one that takes an error first, or a timer's. */
function callLater(tree: Tree, of: NodeId, name: string): NodeId | undefined {
  const end = tree.afterSubtree(of);
  return indexOf(tree).calls.find((node) => {
    if (node < of || node >= end || !isCallOf(tree, node, name)) return false;
    const inner = enclosingFunction(tree, node);
    if (inner === of || !FUNCTION_KINDS.has(tree.kindOf(inner))) return false;
    const list = tree.parentOf(inner);
    if (enclosingFunction(tree, inner) !== of || tree.kindOf(list) !== "arguments") return false;
    const called = tree.childIn(tree.parentOf(list), "function");
    if (called !== NONE && TIMERS.test(tree.textOf(called))) return true;
    return /^_?(?:e|err|error)$/.test(parameterNames(tree, inner)[0] ?? "");
  });
}
