import type { Condition, FunctionModel, Terminator } from "../model/function.ts";
import type { Operation } from "../model/operation.ts";
import { pathKey } from "../model/path.ts";
import { successors } from "../model/successors.ts";
import { isBelow } from "./locks/substitute.ts";
import { writtenBy } from "./mentions.ts";

/** How tests that come again have turned out on a path, by the condition's key: they turn out so again while nothing that they read is written. */
export type PathFacts = ReadonlyMap<
  string,
  { readonly holds: boolean; readonly reads: readonly string[] }
>;

/** A way on from the end of a block, with what is known there. */
export interface WayOn {
  readonly block: number;
  readonly facts: PathFacts;
  /** The condition that decided for it, if one did. */
  readonly condition: Condition | undefined;
}

/** The ways on from the end of a block that what is known leaves open; `repeated`: the conditions that are worth remembering. */
export function waysOn(
  facts: PathFacts,
  end: Terminator,
  repeated: ReadonlySet<string>,
  isLeftOut?: (operation: Operation) => boolean,
): WayOn[] {
  if (end.kind !== "branch" || !end.condition)
    return successors(end, isLeftOut).map((block) => ({ block, facts, condition: undefined }));
  const { condition, then, otherwise } = end;
  return [true, false].flatMap((isTaken) => {
    const holds = isTaken !== condition.negated;
    if (condition.constant !== undefined && condition.constant !== holds) return [];
    const known = facts.get(condition.key);
    if (known && known.holds !== holds) return [];
    return {
      block: isTaken ? then : otherwise,
      condition,
      facts: repeated.has(condition.key)
        ? new Map(facts).set(condition.key, { holds, reads: condition.reads })
        : facts,
    };
  });
}

/** Outcomes of tests whose variables were written no longer hold. */
export function afterWrites(facts: PathFacts, operations: readonly Operation[]): PathFacts {
  if (facts.size === 0) return facts;
  const written = operations.flatMap(writtenKeys);
  if (written.length === 0) return facts;
  const kept = [...facts].filter(
    ([, { reads }]) => !reads.some((read) => written.some((key) => isBelow(read, key))),
  );
  return kept.length === facts.size ? facts : new Map(kept);
}

function writtenKeys(operation: Operation): string[] {
  return writtenBy(operation).flatMap((path) => (path && pathKey(path)) ?? []);
}

/** The conditions that a function tests in more than one place. */
export function repeatedConditions({ blocks }: FunctionModel): ReadonlySet<string> {
  const keys = blocks.flatMap(({ end }) =>
    end.kind === "branch" && end.condition ? [end.condition.key] : [],
  );
  return new Set(keys.filter((key, at) => keys.indexOf(key) !== at));
}

/** Facts as a text: the same for the same facts. */
export function factsKey(facts: PathFacts): string {
  return [...facts]
    .map(([key, { holds }]) => `${key}${holds}`)
    .sort()
    .join();
}
