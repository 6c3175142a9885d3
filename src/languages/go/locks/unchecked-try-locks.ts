import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type Tree } from "../../../syntax/tree.ts";
import { lockCalls } from "./lock-calls.ts";

/** A TryLock whose answer nobody looks at. */
export interface UncheckedTryLock {
  readonly at: Place;
  readonly lock: string;
  readonly method: string;
}

export const uncheckedTryLocks = defineAnalysis("unchecked TryLocks", (use): UncheckedTryLock[] =>
  use(lockCalls).flatMap(({ tree, file, node, method, text }) =>
    method.startsWith("Try") && isDropped(tree, node)
      ? [{ at: { file: file.path, ...tree.spanOf(node) }, lock: text, method }]
      : [],
  ),
);

const DROPPING: ReadonlySet<string> = new Set([
  "expression_statement",
  "defer_statement",
  "go_statement",
]);

/** A statement of its own, or `_ = mu.TryLock()`. */
function isDropped(tree: Tree, call: number): boolean {
  const parent = tree.parentOf(call);
  if (DROPPING.has(tree.kindOf(parent))) return true;
  const assignment = tree.parentOf(parent);
  if (assignment === NONE || tree.kindOf(assignment) !== "assignment_statement") return false;
  return tree.textOf(tree.childIn(assignment, "left")).trim() === "_";
}
