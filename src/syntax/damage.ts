import type { NodeId, Tree } from "./tree.ts";

/**
 * Whether anything in or at the edge of a node could not be understood. Asked of functions: an error inside a function
 * silences that function and those around it, not its neighbours. Asked of declarations: an error elsewhere silences the
 * declaration that it is in. What recovery has wrapped whole into an error counts as damaged too.
 */
export function isDamaged(tree: Tree, node: NodeId): boolean {
  const { damage } = tree;
  if (damage.length === 0) return false;
  const start = tree.start[node] as number;
  const end = tree.end[node] as number;
  const before = countBefore(damage, end);
  return before > 0 && (furthestEnds(tree)[before - 1] as number) >= start;
}

/** How many spans begin at or before the offset; they are in the order of their starts. */
function countBefore(spans: Tree["damage"], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const known = new WeakMap<Tree, Uint32Array>();

/** For each damaged span the furthest end of it and those before: errors hold errors, so ends are in no order. */
function furthestEnds(tree: Tree): Uint32Array {
  const found = known.get(tree);
  if (found) return found;
  const ends = new Uint32Array(tree.damage.length);
  let furthest = 0;
  for (const [at, { end }] of tree.damage.entries()) {
    furthest = Math.max(furthest, end);
    ends[at] = furthest;
  }
  known.set(tree, ends);
  return ends;
}
