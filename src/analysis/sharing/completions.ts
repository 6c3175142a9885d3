import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import type { MemoryAccess } from "./memory-accesses.ts";
import { blockOf, loopAround, reachedFrom } from "./reached.ts";

/** Fields that tell, by their names, that something has come to its end. */
const ENDED = /^(?:is_?)?(?:done|finish(?:ed)?|completed?|ended|stopped|closed|exited|terminated)/i;

/**
 * Whether a function reads what it has waited for: a channel or context of the very same object has told that it is through.
 *
 *     <-o.finished; return o.result
 */
export function isAfterEnd({ isWrite, model, path, operation }: MemoryAccess): boolean {
  if (isWrite) return false;
  const isEnd = (one: Operation) =>
    one.kind === "receive" && one.at.start < operation.at.start && tellsEnd(one.channel, path);
  return operationsOf(model).some(isEnd) && !reachedFrom(model, "entry", isEnd).has(operation);
}

function tellsEnd({ root, steps }: AccessPath, of: AccessPath): boolean {
  if (root.kind !== "variable" || of.root.kind !== "variable") return false;
  return (
    root.variable.id === of.root.variable.id &&
    steps.some((step) => step.kind === "field" && ENDED.test(step.name))
  );
}

/**
 * Whether an operation stands behind a receive from a channel that the function has made for the goroutines which it has started, and
 * behind the loop around that receive:
 *
 *     results := make(chan error, n)
 *     for range n { go func() { results <- work() }() }
 *     for range n { <-results }
 */
export function isJoinedBefore(model: FunctionModel, operation: Operation): boolean {
  const operations = operationsOf(model);
  const starts = operations.filter(({ kind }) => kind === "spawn");
  if (starts.length === 0) return false;
  const made = new Set(
    operations.flatMap((one) =>
      one.kind === "make" && one.object === "channel" && one.path.steps.length === 0
        ? (pathKey(one.path) ?? [])
        : [],
    ),
  );
  const at = blockOf(model, operation);
  return operations.some(
    (one) =>
      one.kind === "receive" &&
      one.at.start < operation.at.start &&
      made.has(pathKey(one.channel) ?? "") &&
      starts.some((start) => start.at.start < one.at.start) &&
      (at === undefined || !loopAround(model, one).has(at)),
  );
}
