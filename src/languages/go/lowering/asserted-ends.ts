import { demandOf } from "../../../model/demand.ts";
import type { Block, BlockId } from "../../../model/function.ts";
import type { Operation } from "../../../model/operation.ts";
import { pathKey } from "../../../model/path.ts";
import { successors } from "../../../model/successors.ts";
import { writtenBy } from "../../../model/written-by.ts";

/**
 * Ends the ways on which a test has found out that what it requires is not so:
 *
 *     if err != nil {
 *         mu.Unlock()
 *         require.NoError(t, err)     // does not come back
 *     }
 */
export function endAtAssertions(blocks: readonly Block[]): readonly Block[] {
  const ended = new Map<BlockId, Block>();
  for (const { end } of blocks) {
    if (end.kind !== "branch" || !end.condition?.isErrorTest) continue;
    const { key, negated } = end.condition;
    for (const isNil of [true, false]) {
      const side = isNil !== negated ? end.then : end.otherwise;
      const block = blocks[side];
      const failing = block && failingAt(block.operations, key, isNil);
      if (!failing || !isEnteredOnce(blocks, side)) continue;
      const operations = block.operations.slice(0, block.operations.indexOf(failing) + 1);
      ended.set(side, { ...block, operations, end: { kind: "goexit", at: failing.at } });
    }
  }
  return ended.size === 0 ? blocks : blocks.map((block, id) => ended.get(id) ?? block);
}

/** The assertion that fails where an error is known to be nil or not; undefined where the error gets another value before. */
function failingAt(
  operations: readonly Operation[],
  key: string,
  isNil: boolean,
): Operation | undefined {
  for (const operation of operations) {
    const demand = demandOf(operation);
    if (demand?.isRequired && demand.condition === key && demand.isNil !== isNil) return operation;
    if (writtenBy(operation).some((path) => path && `${pathKey(path)}==nil` === key))
      return undefined;
  }
  return undefined;
}

function isEnteredOnce(blocks: readonly Block[], id: BlockId): boolean {
  return blocks.flatMap(({ end }) => successors(end)).filter((to) => to === id).length === 1;
}
