import type { BlockId, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { pathKey } from "../../model/path.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";

/**
 * Whether what stands in a goroutine is for one item of the loop that starts it, so that no two of its passes come to it:
 *
 *     for _, state := range states {
 *         go func() {
 *             switch state {
 *             case queued: counts.queued = ask(state)
 *             case done:   counts.done = ask(state)
 */
export function isForOneItem(
  starter: FunctionModel,
  { id, blocks }: FunctionModel,
  operation: Operation,
): boolean {
  const goal = blocks.findIndex(({ operations }) => operations.includes(operation));
  if (goal < 0) return false;
  return blocks.some(({ end }) => {
    const asked = equalityIn(end);
    if (!asked || !isOfPass(starter, asked.item, id)) return false;
    const ways = successors(end).filter((to) => to === goal || reaches(blocks, to, goal));
    return ways.length === 1 && ways.every((to) => asked.isEqual(to));
  });
}

interface Equality {
  /** The key of the variable that is compared. */
  readonly item: string;
  isEqual(to: BlockId): boolean;
}

/** `switch item {…}`, `if item == chosen`. */
function equalityIn(end: FunctionModel["blocks"][number]["end"]): Equality | undefined {
  if (end.kind === "switch") {
    const item = end.subject && pathKey(end.subject);
    return item === undefined ? undefined : { item, isEqual: () => true };
  }
  if (end.kind !== "branch" || !end.condition) return undefined;
  const { key, negated, reads } = end.condition;
  const [item] = reads;
  if (item === undefined || !key.includes("==") || /==(?:nil|true|false)$/.test(key))
    return undefined;
  return { item, isEqual: (to) => to === (negated ? end.otherwise : end.then) };
}

/** A variable that each pass of a loop around the goroutine gives another value. */
function isOfPass(starter: FunctionModel, item: string, goroutine: string): boolean {
  return (
    starter.id !== goroutine &&
    starter.blocks.some(
      ({ operations }, at) =>
        reaches(starter.blocks, at, at) &&
        operations.some(
          (one) =>
            (one.kind === "assign" && pathKey(one.target) === item) ||
            (one.kind === "write" && pathKey(one.path) === item),
        ),
    )
  );
}
