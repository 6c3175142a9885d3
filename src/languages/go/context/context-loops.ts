import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, parametersOf, placeOf, typeName } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoResolver } from "../type.ts";

/** `ctx = context.WithValue(ctx, …)` in a loop: each pass puts another layer on the context of the pass before. */
export interface NestedContext {
  readonly at: Place;
  readonly context: string;
  readonly made: string;
  readonly loopAt: Place;
  readonly fix: Edit | undefined;
}

const DERIVING: ReadonlySet<string> = new Set(
  ["Cancel", "CancelCause", "Timeout", "TimeoutCause", "Deadline", "DeadlineCause", "Value"].map(
    (name) => `With${name}`,
  ),
);

export const nestedContexts = defineAnalysis("nested contexts", (use): NestedContext[] => {
  const resolver = use(goResolver);
  return callsOf(use(goPackage).files, resolver, DERIVING).flatMap((call) => {
    const assignment = assignmentOf(call);
    const [parent] = call.arguments;
    if (!call.name.startsWith("context.") || assignment === undefined || parent === undefined)
      return [];
    const { file, tree } = call;
    const [left, ...others] = tree.namedChildren(tree.childIn(assignment, "left"));
    if (left === undefined || tree.textOf(left) !== tree.textOf(parent)) return [];
    const loop = loopAround(call, assignment, left, resolver);
    if (loop !== undefined && hasOwnKey(call, loop, resolver)) return [];
    if (
      loop === undefined ||
      leavesLoop(tree, assignment, loop) ||
      isRenewed(tree, loop, assignment, tree.textOf(left))
    )
      return [];
    const operator = tree.childIn(assignment, "operator");
    const fix =
      others.length === 0 && operator !== NONE && tree.kindOf(left) === "identifier"
        ? { ...placeOf(file, tree, operator), text: ":=" }
        : undefined;
    const loopAt = {
      file: file.path,
      start: tree.start[loop] ?? 0,
      end: (tree.start[loop] ?? 0) + 3,
    };
    return [
      {
        at: placeOf(file, tree, assignment),
        context: tree.textOf(left),
        made: call.name,
        loopAt,
        fix,
      },
    ];
  });
});

/** Each pass adds a key of its own: the chain is what is wanted. */
function hasOwnKey(
  { file, tree, name, arguments: [, key] }: GoCall,
  loop: NodeId,
  resolver: GoResolver,
): boolean {
  if (name !== "context.WithValue" || key === undefined) return false;
  const after = tree.afterSubtree(key);
  for (let node = key; node < after; node++) {
    if (tree.kindOf(node) !== "identifier") continue;
    const symbol = resolver.symbolAt(file.path, node);
    if (
      symbol?.kind === "variable" &&
      symbol.variable.file === file.path &&
      symbol.variable.node > loop
    )
      return true;
  }
  return false;
}

function assignmentOf({ tree, node }: GoCall): NodeId | undefined {
  const list = tree.parentOf(node);
  const statement = list === NONE ? NONE : tree.parentOf(list);
  if (statement === NONE || tree.kindOf(statement) !== "assignment_statement") return undefined;
  return tree.childIn(statement, "right") === list ? statement : undefined;
}

/** The loop that the assignment is repeated by, in the same function, around which the context is declared. */
function loopAround(
  { file, tree }: GoCall,
  assignment: NodeId,
  left: NodeId,
  resolver: GoResolver,
): NodeId | undefined {
  if (tree.kindOf(left) !== "identifier") return undefined;
  const symbol = resolver.symbolAt(file.path, left);
  if (symbol?.kind !== "variable" || symbol.variable.file !== file.path) return undefined;
  const owner = functionAround(tree, assignment);
  for (let at = tree.parentOf(assignment); at !== NONE && at !== owner; at = tree.parentOf(at)) {
    if (tree.kindOf(at) !== "for_statement") continue;
    return symbol.variable.node < at ? at : undefined;
  }
  return undefined;
}

/** The statements after it end the loop: there is no second pass. */
function leavesLoop(tree: Tree, assignment: NodeId, loop: NodeId): boolean {
  for (let at = assignment; at !== NONE && at !== loop; at = tree.parentOf(at)) {
    const list = tree.parentOf(at);
    if (list === NONE || tree.kindOf(list) !== "statement_list") continue;
    const last = tree.namedChildren(list).at(-1);
    if (last === undefined) continue;
    const kind = tree.kindOf(last);
    if (kind === "return_statement" || kind === "break_statement" || kind === "goto_statement")
      return true;
  }
  return false;
}

/** Something else in the loop gives the context its name anew. */
function isRenewed(tree: Tree, loop: NodeId, assignment: NodeId, name: string): boolean {
  const after = tree.afterSubtree(loop);
  for (let node = loop; node < after; node++) {
    if (node === assignment || tree.kindOf(node) !== "assignment_statement") continue;
    const left = tree.namedChildren(tree.childIn(node, "left"));
    const right = tree.textOf(tree.childIn(node, "right"));
    if (left.some((one) => tree.textOf(one) === name) && !new RegExp(`\\b${name}\\b`).test(right))
      return true;
  }
  return false;
}

/** A loop that waits again and again and never asks the context of its function. */
export interface DeafLoop {
  readonly at: Place;
  readonly context: string;
  readonly waits: string;
  readonly waitsAt: Place;
}

/** Loops that poll: without a bound, with a sleep, and no mention of the context. */
export const deafLoops = defineAnalysis("deaf loops", (use): DeafLoop[] => {
  const resolver = use(goResolver);
  const files = use(goPackage).files.filter(({ isTest }) => !isTest);
  const found = new Map<string, DeafLoop>();
  for (const call of callsOf(files, resolver, new Set(["Sleep"]))) {
    if (call.name !== "time.Sleep") continue;
    const deaf = deafLoopAround(call, resolver);
    if (deaf) found.set(`${deaf.at.file}:${deaf.at.start}`, deaf);
  }
  return [...found.values()];
});

function deafLoopAround(
  { file, tree, node, name }: GoCall,
  resolver: GoResolver,
): DeafLoop | undefined {
  const owner = functionAround(tree, node);
  if (owner === NONE) return undefined;
  const context = parametersOf(file.path, tree, owner, resolver).find(
    ({ type }) => typeName(type) === "context.Context",
  );
  if (!context) return undefined;
  const text = tree.textOf(context.name);
  for (let at = tree.parentOf(node); at !== NONE && at !== owner; at = tree.parentOf(at)) {
    if (tree.kindOf(at) !== "for_statement") continue;
    if (isBounded(tree, at) || namesAnEnd(tree, at, text)) return undefined;
    const start = tree.start[at] ?? 0;
    return {
      at: { file: file.path, start, end: start + 3 },
      context: text,
      waits: name,
      waitsAt: placeOf(file, tree, node),
    };
  }
  return undefined;
}

/** Whether the loop names the context, or something that is called like the end of it. */
function namesAnEnd(tree: Tree, loop: NodeId, context: string): boolean {
  const after = tree.afterSubtree(loop);
  for (let node = loop; node < after; node++) {
    const kind = tree.kindOf(node);
    if (kind !== "identifier" && kind !== "field_identifier") continue;
    const name = tree.textOf(node);
    if (name === context || /ctx$|context|done|stop|quit|deadline|timeout/i.test(name)) return true;
  }
  return false;
}

/** `for range`, `for i := 0; …; i++`, or something is counted in it. */
function isBounded(tree: Tree, loop: NodeId): boolean {
  const after = tree.afterSubtree(loop);
  for (let node = loop; node < after; node++)
    if (/^(?:inc|dec)_statement$/.test(tree.kindOf(node))) return true;
  return tree
    .namedChildren(loop)
    .some((part) => /^(?:range_clause|for_clause)$/.test(tree.kindOf(part)));
}
