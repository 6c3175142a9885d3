import { invariant } from "../core/invariant.ts";
import type { Block, BlockId } from "./function.ts";
import { successors } from "./successors.ts";

/**
 * For each block, the first one that every way on from it to an end passes (its immediate postdominator); undefined where
 * the ways first meet outside the function, or never end. After Cooper, Harvey and Kennedy, "A Simple, Fast Dominance
 * Algorithm" (2001), on the reversed graph.
 */
export function joinsOf(blocks: readonly Block[]): readonly (BlockId | undefined)[] {
  const exit = blocks.length;
  const next = blocks.map(({ end }) => {
    const to = successors(end);
    return to.length === 0 ? [exit] : to;
  });
  const order = orderFrom(exit, next);
  const place = new Map(order.map((block, index) => [block, index]));
  const placeOf = (block: BlockId) => invariant(place.get(block), "the block reaches the exit");
  const joins = new Map<BlockId, BlockId>([[exit, exit]]);
  const joinOf = (block: BlockId) => invariant(joins.get(block), "the block was looked at");
  const meet = (one: BlockId, other: BlockId): BlockId => {
    let [left, right] = [one, other];
    while (left !== right) {
      while (placeOf(left) > placeOf(right)) left = joinOf(left);
      while (placeOf(right) > placeOf(left)) right = joinOf(right);
    }
    return left;
  };
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const block of order.slice(1)) {
      const known = (next[block] ?? []).filter((to) => joins.has(to));
      const join = known.reduce(meet);
      hasChanged ||= joins.get(block) !== join;
      joins.set(block, join);
    }
  }
  return blocks.map((_, block) => {
    const join = joins.get(block);
    return join === exit ? undefined : join;
  });
}

/** The blocks that reach the exit, in an order in which each but the first comes after one that it leads to. */
function orderFrom(exit: BlockId, next: readonly (readonly BlockId[])[]): BlockId[] {
  const before: BlockId[][] = Array.from({ length: exit + 1 }, () => []);
  for (const [block, all] of next.entries()) for (const to of all) before[to]?.push(block);
  const seen = new Set([exit]);
  const done: BlockId[] = [];
  const open = [{ block: exit, at: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const from = before[top.block]?.[top.at++];
    if (from === undefined) {
      done.push(top.block);
      open.pop();
    } else if (!seen.has(from)) {
      seen.add(from);
      open.push({ block: from, at: 0 });
    }
  }
  return done.reverse();
}
