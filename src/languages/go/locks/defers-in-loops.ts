import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isPartOfTest, loopAround } from "../calls.ts";
import { goPackage } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { lockCalls } from "./lock-calls.ts";

/** A `defer` in the body of a loop that may come by again: what it does waits for the end of the function. */
export interface DeferInLoop {
  readonly at: Place;
  /** Text of what is deferred. */
  readonly deferred: string;
  /** The lock that a deferred Unlock releases, where it is one that every pass takes: the second pass waits for ever. */
  readonly lock: string | undefined;
  readonly loopAt: Place;
}

const INTEREST = /\bdefer\b/;

/**
 * Left out: loops that leave the function or the loop behind the defer in every pass, deferred calls in function literals, tests (a
 * few files more are open until the test ends), and loops over a handful of literals.
 */
export const defersInLoops = defineAnalysis("defers in loops", (use): DeferInLoop[] => {
  const { files } = use(goPackage);
  const unlocks = new Map(
    use(lockCalls)
      .filter(({ method }) => method === "Unlock" || method === "RUnlock")
      .map((call) => [`${call.file.path}:${call.node}`, call]),
  );
  return files.flatMap((file) => {
    const { tree, isJudged, text } = file;
    if (!isJudged || !INTEREST.test(text) || !tree) return [];
    return defersIn(tree).flatMap((statement) => {
      const loop = loopAround(tree, statement);
      if (loop === NONE || leavesAfter(tree, statement, loop)) return [];
      if (isOnce(tree, statement, loop)) return [];
      const [call] = tree.namedChildren(statement);
      const unlock = call === undefined ? undefined : unlocks.get(`${file.path}:${call}`);
      if (unlock ? !isOneLock(tree, unlock.operand, loop) : isBounded(file, tree, loop)) return [];
      const deferred = call === undefined ? "" : tree.textOf(call);
      if (!unlock && (!isResource(deferred) || isKept(tree, deferred, loop))) return [];
      return [
        {
          at: { file: file.path, ...tree.spanOf(statement) },
          deferred: deferred.replace(/\s+/g, " ").slice(0, 60),
          lock: unlock?.text,
          loopAt: { file: file.path, ...tree.spanOf(loop), end: (tree.start[loop] as number) + 3 },
        },
      ];
    });
  });
});

function defersIn(tree: Tree): NodeId[] {
  const kind = tree.grammar.kind("defer_statement");
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++) if (tree.kind[node] === kind) found.push(node);
  return found;
}

/** Whether no pass goes on after the defer: a return, break, goto or panic stands behind it on every way up to the loop. */
function leavesAfter(tree: Tree, node: NodeId, loop: NodeId): boolean {
  for (let at = node; at !== loop && at !== NONE; at = tree.parentOf(at)) {
    if (tree.kindOf(tree.parentOf(at)) !== "statement_list") continue;
    for (
      let next = tree.nextSibling[at] as number;
      next !== NONE;
      next = tree.nextSibling[next] as number
    ) {
      if (LEAVING.has(tree.kindOf(next)) || isNoReturn(tree.textOf(next))) return true;
    }
  }
  return false;
}

/**
 * In the first pass alone: `if file == nil { file = create(); defer file.Close() }`, or `if count == 0 { … }` in a loop that counts.
 */
function isOnce(tree: Tree, node: NodeId, loop: NodeId): boolean {
  for (let at = tree.parentOf(node); at !== loop && at !== NONE; at = tree.parentOf(at)) {
    if (tree.kindOf(at) !== "if_statement") continue;
    const condition = tree.textOf(tree.childIn(at, "condition"));
    const [, unset, zero, first, flag] =
      /^(?:([\w.]+) == nil|([\w.]+) == 0|(\w+)|!([\w.]+))$/.exec(condition) ?? [];
    const then = tree.textOf(tree.childIn(at, "consequence"));
    const body = tree.textOf(tree.childIn(loop, "body"));
    if (unset && new RegExp(`(?<![.\\w])${escaped(unset)}\\s*(?:,[^=\\n]*)?=[^=]`).test(then))
      return true;
    if (zero && new RegExp(`(?<![.\\w])${escaped(zero)}(?:\\+\\+|\\s*\\+=)`).test(body))
      return true;
    if (first && new RegExp(`(?<![.\\w])${first}\\s*=\\s*false\\b`).test(body)) return true;
    if (flag && new RegExp(`(?<![.\\w])${escaped(flag)}\\s*=\\s*true\\b`).test(body)) return true;
  }
  return false;
}

function escaped(name: string): string {
  return name.replaceAll(".", "\\.");
}

const LEAVING: ReadonlySet<string> = new Set([
  "return_statement",
  "break_statement",
  "goto_statement",
  "select_statement",
]);

function isNoReturn(text: string): boolean {
  return /^(?:panic|os\.Exit|log\.Fatal\w*|t\.Fatal\w*|<-)\b/.test(text) || text.startsWith("<-");
}

/** The lock is one and the same in every pass: nothing in its name is declared or assigned in the loop. */
function isOneLock(tree: Tree, operand: NodeId, loop: NodeId): boolean {
  const root = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(tree.textOf(operand))?.[0];
  if (root === undefined || /[[(]/.test(tree.textOf(operand))) return false;
  const text = tree.text.slice(tree.start[loop], tree.start[operand]);
  return !new RegExp(
    `(?<![.\\p{L}\\p{N}_])${root}\\s*(?:,[^=\\n]*)?:?=(?!=)|,\\s*${root}\\s*:?=(?!=)`,
    "u",
  ).test(text);
}

function isBounded({ isTest }: GoFile, tree: Tree, loop: NodeId): boolean {
  if (isTest || isPartOfTest(tree, loop)) return true;
  const head = tree.text.slice(tree.start[loop], tree.start[tree.childIn(loop, "body")]);
  return /range\s+(?:\[\]|\[\.\.\.\]|map\[)|[<>]=?\s*\d{1,2}\b/.test(head);
}

/** What stays open until the function returns. */
function isResource(deferred: string): boolean {
  return /\.(?:Close|Release|Rollback)\(\)$/.test(deferred);
}

/**
 * What is released is kept beyond the pass: appended, stored, sent, returned by a closure, used by a goroutine; an element is where
 * it is kept. Listeners that are asked for their address keep it from the listeners of later passes.
 */
function isKept(tree: Tree, deferred: string, loop: NodeId): boolean {
  const root = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(deferred)?.[0];
  if (root === undefined || deferred.includes("]")) return true;
  const body = tree.textOf(tree.childIn(loop, "body"));
  const kept = `append\\([^\\n]*\\b${root}\\b(?!\\.)|(?:=|<-|:)\\s*&?${root}\\b(?![.(])|\\{[^{}\\n]*\\b${root}\\b(?!\\.)[^{}\\n]*\\}`;
  return (
    new RegExp(kept, "u").test(body) ||
    new RegExp(`\\b${root}\\.Addr\\(\\)`).test(body) ||
    isUsedByGoroutine(tree, root, loop)
  );
}

/** `go func() { … }()` or `group.Go(func() error { … })` in the loop names it. */
function isUsedByGoroutine(tree: Tree, root: string, loop: NodeId): boolean {
  const name = new RegExp(`(?<![.\\p{L}\\p{N}_])${root}\\b`, "u");
  const end = tree.afterSubtree(loop);
  for (let node = loop; node < end; node++) {
    const kind = tree.kindOf(node);
    const isStart =
      kind === "go_statement" ||
      (kind === "call_expression" && /\.Go$/.test(tree.textOf(tree.childIn(node, "function"))));
    if (isStart && name.test(tree.textOf(node))) return true;
  }
  return false;
}
