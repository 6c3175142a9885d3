import type { Span } from "../../core/position.ts";
import type { BlockId, FunctionModel } from "../../model/function.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { isShared } from "../shared-state.ts";

/** `this.active.size < this.max`: whether a shared collection has room. */
export interface CapacityTest {
  readonly block: BlockId;
  /** `this.active.size`. */
  readonly target: AccessPath;
  readonly key: string;
  /** Key of the collection. */
  readonly collection: string;
  readonly at: Span;
  readonly ways: readonly [BlockId, BlockId];
}

/** What the size of a collection is compared with where it is no wish but a bound. */
const BOUND = /max|limit|capacity|concurren|quota|slots/i;

/** The comparisons of a function that ask whether a shared collection has room, also as one of several that share it. */
export function capacityTests(model: FunctionModel): CapacityTest[] {
  return model.blocks.flatMap(({ operations, end }, block): CapacityTest[] => {
    const condition = end.kind === "branch" ? end.condition : undefined;
    if (end.kind !== "branch" || !condition?.key.includes("<") || !BOUND.test(condition.key))
      return [];
    const { at } = condition;
    return operations.flatMap((operation): CapacityTest[] => {
      if (operation.kind !== "read" || operation.at.start < at.start || operation.at.end > at.end)
        return [];
      const { path } = operation;
      const collection = collectionOf(path, model);
      const key = pathKey(path);
      if (collection === undefined || key === undefined) return [];
      return [{ block, target: path, key, collection, at, ways: [end.then, end.otherwise] }];
    });
  });
}

function collectionOf({ steps, ...path }: AccessPath, model: FunctionModel): string | undefined {
  const last = steps.at(-1);
  if (last?.kind !== "field" || !/^(?:size|length)$/.test(last.name)) return undefined;
  const collection = { ...path, steps: steps.slice(0, -1) };
  return isShared(collection, model) ? pathKey(collection) : undefined;
}
