import { invariant } from "../../core/invariant.ts";
import type { Block, BlockId, FunctionModel, Terminator } from "../../model/function.ts";
import { joinsOf } from "../../model/joins.ts";
import type { Operation } from "../../model/operation.ts";
import { successors } from "../../model/successors.ts";

/**
 * A part of a function between a branch and the block where its ways meet again, none of which leaves the function, waits, or
 * says anything about a condition that is asked a second time. Where no operation inside matters either, it does not matter
 * which way was taken: most branches of a program are like that.
 */
export interface Detour {
  readonly operations: readonly Operation[];
  readonly join: BlockId;
}

const known = new WeakMap<FunctionModel, Map<BlockId, Detour | undefined>>();

/** The detour that begins at the end of a block; undefined where there is none. */
export function detourAt(
  model: FunctionModel,
  block: BlockId,
  isRepeated: (condition: string) => boolean,
): Detour | undefined {
  let detours = known.get(model);
  if (!detours) {
    detours = detoursOf(model, isRepeated);
    known.set(model, detours);
  }
  return detours.get(block);
}

function detoursOf(
  { blocks }: FunctionModel,
  isRepeated: (condition: string) => boolean,
): Map<BlockId, Detour | undefined> {
  const joins = joinsOf(blocks);
  const found = new Map<BlockId, Detour | undefined>();
  for (const [block, { end }] of blocks.entries())
    if (end.kind !== "goto" && isPassable(end, isRepeated))
      found.set(block, detourFrom(blocks, joins, block, isRepeated));
  return found;
}

function isPassable(end: Terminator, isRepeated: (condition: string) => boolean): boolean {
  switch (end.kind) {
    case "goto":
    case "switch":
      return true;
    case "branch":
      return end.condition === undefined || !isRepeated(end.condition.key);
    case "loop":
      return end.bound === undefined;
    default:
      return false;
  }
}

function detourFrom(
  blocks: readonly Block[],
  joins: readonly (BlockId | undefined)[],
  start: BlockId,
  isRepeated: (condition: string) => boolean,
): Detour | undefined {
  const join = joins[start];
  if (join === undefined) return undefined;
  const operations: Operation[] = [];
  const seen = new Set<BlockId>([join]);
  const waiting = [...successors(invariant(blocks[start], "a block id is an index").end)];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const block = invariant(blocks[at], "a block id is an index");
    if (joins[at] === undefined || !isPassable(block.end, isRepeated)) return undefined;
    operations.push(...block.operations);
    waiting.push(...successors(block.end));
  }
  return { operations, join };
}

const meetings = new WeakMap<FunctionModel, ReadonlySet<BlockId>>();

/** The blocks that several others lead to. */
export function meetingPoints(model: FunctionModel): ReadonlySet<BlockId> {
  const before = meetings.get(model);
  if (before) return before;
  const once = new Set<BlockId>();
  const found = new Set<BlockId>();
  for (const { end } of model.blocks) {
    for (const to of new Set(successors(end))) {
      if (once.has(to)) found.add(to);
      once.add(to);
    }
  }
  meetings.set(model, found);
  return found;
}
