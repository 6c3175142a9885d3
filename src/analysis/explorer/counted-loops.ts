import type { Block, BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { reaches } from "../../model/reaches.ts";

/**
 * Loops that receive as often as goroutines were started, as the number or the slice that they go by says:
 *
 *     for …         { started++; go func() { results <- run() }() }
 *     for range started { <-results }
 */
export function isCountedLoop(model: FunctionModel, head: BlockId): boolean {
  const known = counted.get(model) ?? countedLoops(model);
  counted.set(model, known);
  return known.has(head);
}

const counted = new WeakMap<FunctionModel, ReadonlySet<BlockId>>();

function countedLoops({ blocks }: FunctionModel): ReadonlySet<BlockId> {
  const starts = blocksWith(blocks, "spawn").filter((at) => reaches(blocks, at, at));
  const receives = blocksWith(blocks, "receive");
  const isAround = (head: BlockId, body: BlockId, at: BlockId): boolean =>
    at === body || reaches(blocks, body, at, head);
  return new Set(
    [...blocks.keys()].filter((head) => {
      const block = blocks[head];
      if (!block || block.end.kind !== "loop" || !isByCount(block)) return false;
      const { body } = block.end;
      return (
        starts.some((start) => reaches(blocks, start, head)) &&
        !starts.some((start) => reaches(blocks, head, start)) &&
        receives.some((at) => isAround(head, body, at))
      );
    }),
  );
}

function blocksWith(blocks: readonly Block[], kind: Operation["kind"]): BlockId[] {
  return [...blocks.keys()].filter((at) => blocks[at]?.operations.some((one) => one.kind === kind));
}

/** Goes by a local of the function that gets other values than its first one. */
function isByCount({ operations, end }: Block): boolean {
  if (end.kind !== "loop" || end.bound !== undefined || !end.subject) return false;
  const { root, steps } = end.subject;
  return (
    steps.length === 0 &&
    root.kind === "variable" &&
    root.variable.role === "local" &&
    root.variable.isReassigned &&
    !operations.some(({ kind }) => kind === "receive")
  );
}
