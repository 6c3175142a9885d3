import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import {
  callsByStatement,
  type LockCall,
  lockCalls,
  neighbour,
  statementOf,
} from "./lock-calls.ts";

/** `mu.Lock()` directly followed by `mu.Unlock()`. */
export interface EmptyCriticalSection {
  readonly at: Place;
  readonly lock: string;
  readonly releasedAt: Place;
}

/**
 * Some wait so for whoever holds the lock, on purpose: a comment in, above or behind the section says so, or the name or comment of the
 * function. Tests are left out.
 */
export const emptyCriticalSections = defineAnalysis(
  "empty critical sections",
  (use): EmptyCriticalSection[] => {
    const calls = use(lockCalls);
    const byStatement = callsByStatement(calls);
    return calls.flatMap((call) => {
      const { tree, file, method, text, node } = call;
      const statement = statementOf(call);
      const released = RELEASE[method];
      if (statement === NONE || !released || file.isTest) return [];
      const next = byStatement.get(`${file.path}:${neighbour(tree, statement, 1)}`);
      if (next?.text !== text || next.method !== released || isExplained(tree, call, next))
        return [];
      return [
        {
          at: { file: file.path, ...tree.spanOf(node) },
          lock: text,
          releasedAt: { file: file.path, ...tree.spanOf(next.node) },
        },
      ];
    });
  },
);

const RELEASE: Readonly<Record<string, string>> = { Lock: "Unlock", RLock: "RUnlock" };

const ON_PURPOSE = /lock|mutex|barrier|wait|drain|quiesce/i;

/** A comment above the section, inside it or on its last line, or a function that is there for it. */
function isExplained(tree: Tree, from: LockCall, to: LockCall): boolean {
  const { text } = tree;
  if (ON_PURPOSE.test(functionHead(tree, from.node))) return true;
  const start = from.tree.start[from.node] as number;
  const end = to.tree.end[to.node] as number;
  const lineStart = text.lastIndexOf("\n", start - 1);
  const above = text.slice(text.lastIndexOf("\n", lineStart - 1) + 1, start);
  const lineEnd = text.indexOf("\n", end);
  const firstEnd = text.indexOf("\n", start);
  const here = text.slice(firstEnd, lineEnd === -1 ? text.length : lineEnd);
  return /\/\/|\/\*|\*\//.test(above) || /\/\/|\/\*/.test(here);
}

/** Comment and name of the declared function around a node. */
function functionHead(tree: Tree, node: NodeId): string {
  let at = node;
  while (at > 0 && tree.parentOf(at) > 0) at = tree.parentOf(at);
  const name = tree.childIn(at, "name");
  const before = tree.text.slice(0, tree.start[at]);
  const comment = /(?:\n[ \t]*\/\/[^\n]*)+\n$/.exec(before.slice(-2000))?.[0] ?? "";
  return name === NONE ? comment : `${comment}${tree.textOf(name)}`;
}
