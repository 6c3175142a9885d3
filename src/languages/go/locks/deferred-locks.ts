import { defineAnalysis } from "../../../core/analysis.ts";
import type { Edit } from "../../../core/finding.ts";
import type { Place } from "../../../core/position.ts";
import { callsByStatement, type LockCall, lockCalls, neighbour } from "./lock-calls.ts";

/** `defer mu.Lock()` right after `mu.Lock()`, where Unlock was meant. */
export interface DeferredLock {
  readonly at: Place;
  readonly lock: string;
  readonly method: string;
  readonly acquiredAt: Place;
  readonly fix: Edit;
}

export const deferredLocks = defineAnalysis("deferred locks", (use): DeferredLock[] => {
  const calls = use(lockCalls);
  const byStatement = callsByStatement(calls);
  return calls.flatMap((call) => {
    const { tree, file, node, method, text } = call;
    const statement = tree.parentOf(node);
    if (tree.kindOf(statement) !== "defer_statement") return [];
    if (method !== "Lock" && method !== "RLock") return [];
    const before = byStatement.get(`${file.path}:${neighbour(tree, statement, -1)}`);
    if (!before || before.text !== text || before.method !== method) return [];
    return [describe(call, before)];
  });
});

function describe(call: LockCall, before: LockCall): DeferredLock {
  const { tree, file, node, method, text } = call;
  const field = tree.childIn(tree.childIn(node, "function"), "field");
  return {
    at: { file: file.path, ...tree.spanOf(tree.parentOf(node)) },
    lock: text,
    method,
    acquiredAt: { file: file.path, ...tree.spanOf(before.node) },
    fix: { file: file.path, ...tree.spanOf(field), text: method === "Lock" ? "Unlock" : "RUnlock" },
  };
}
