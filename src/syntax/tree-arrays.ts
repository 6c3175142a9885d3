import { NONE, type TreeArrays } from "./tree.ts";

const BYTES_PER_NODE = 24;

/** Arrays for `size` nodes in one allocation; `parent` is to be filled in pre-order, then `linkChildren` does the rest. */
export function makeTreeArrays(size: number): TreeArrays {
  const buffer = new ArrayBuffer(size * BYTES_PER_NODE);
  const words = (index: number) => size * 4 * index;
  return {
    size,
    start: new Uint32Array(buffer, words(0), size),
    end: new Uint32Array(buffer, words(1), size),
    parent: new Int32Array(buffer, words(2), size),
    firstChild: new Int32Array(buffer, words(3), size),
    nextSibling: new Int32Array(buffer, words(4), size),
    kind: new Uint16Array(buffer, words(5), size),
    field: new Uint16Array(buffer, words(5) + size * 2, size),
  };
}

/** Fills `firstChild` and `nextSibling` from `parent`: backwards, each node goes before the siblings already linked. */
export function linkChildren({ size, parent, firstChild, nextSibling }: TreeArrays): void {
  firstChild.fill(NONE);
  if (size > 0) nextSibling[0] = NONE;
  for (let node = size - 1; node > 0; node--) {
    const up = parent[node] as number;
    nextSibling[node] = firstChild[up] ?? NONE;
    firstChild[up] = node;
  }
}
