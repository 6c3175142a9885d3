import type { Block, BlockId } from "./function.ts";
import { successors } from "./successors.ts";

/** Whether a way leads on from one block to another, or round to itself; no way through the block `without` counts. */
export function reaches(
  blocks: readonly Block[],
  start: BlockId,
  goal: BlockId,
  without?: BlockId,
): boolean {
  const waiting = [start];
  const seen = new Set<BlockId>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    for (const next of block ? successors(block.end) : []) {
      if (next === goal) return true;
      if (next === without || seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}
