import { demandOf } from "../../model/demand.ts";
import type { BlockId, FunctionModel } from "../../model/function.ts";
import type { FunctionId, Variable } from "../../model/path.ts";
import { successors } from "../../model/successors.ts";
import { conditionsReturned } from "./returned-errors.ts";

/** What of a function's own is still of use in a block: what may be mentioned in it or after it. */
export interface Liveness {
  /** Whether a condition may be tested there. */
  isAsked(block: BlockId, condition: string): boolean;
  /** Whether a variable may be mentioned there, by the closures that are made there as well. */
  isMentioned(block: BlockId, variable: string): boolean;
}

/** Worked out for the whole function at once. @param captured - the variables of outer functions that a closure mentions */
export function livenessOf(
  { blocks }: FunctionModel,
  captured: (closure: FunctionId) => readonly Variable[],
): Liveness {
  const before: BlockId[][] = blocks.map(() => []);
  for (const [from, { end }] of blocks.entries())
    for (const to of successors(end)) before[to]?.push(from);
  const asked = new Map<string, Set<BlockId>>();
  const mentioned = new Map<string, Set<BlockId>>();
  const note = (known: Map<string, Set<BlockId>>, name: string, block: BlockId): void => {
    const places = known.get(name);
    if (places) places.add(block);
    else known.set(name, new Set([block]));
  };
  const deferred = new Set<string>();
  for (const [index, { operations, end }] of blocks.entries()) {
    if (end.kind === "branch" && end.condition) note(asked, end.condition.key, index);
    for (const condition of conditionsReturned(end)) note(asked, condition, index);
    for (const operation of operations) {
      const demand = demandOf(operation);
      if (demand) note(asked, demand.condition, index);
    }
    for (const name of namesIn([operations, end], captured)) note(mentioned, name, index);
    for (const operation of operations)
      if (operation.kind === "defer")
        for (const name of namesIn(operation, captured)) deferred.add(name);
  }
  // What is added on the way is visited as well.
  for (const places of [...asked.values(), ...mentioned.values()])
    for (const block of places) for (const from of before[block] ?? []) places.add(from);
  return {
    isAsked: (block, condition) => asked.get(condition)?.has(block) ?? false,
    isMentioned: (block, variable) =>
      deferred.has(variable) || (mentioned.get(variable)?.has(block) ?? false),
  };
}

/** The ids of the variables that are mentioned: in paths, conditions and bounds, and through the closures that are named. */
function namesIn(
  part: unknown,
  captured: (closure: FunctionId) => readonly Variable[],
): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting = [part];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "object" && next !== null) waiting.push(...Object.values(next));
    if (typeof next !== "string") continue;
    const [, name] = VARIABLE.exec(next) ?? [];
    names.add(name ?? next);
    for (const variable of captured(next)) names.add(variable.id);
  }
  return names;
}

/** In the text of an id, a condition or a bound: `len(pool.go:120.jobs)`. */
const VARIABLE = /^(?:len\()?(.*?:\d+)/;
