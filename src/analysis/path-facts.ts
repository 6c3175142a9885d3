import type { Condition, FunctionModel, Terminator } from "../model/function.ts";
import type { Operation } from "../model/operation.ts";
import { pathKey } from "../model/path.ts";
import { successors } from "../model/successors.ts";
import { writtenBy } from "../model/written-by.ts";
import { isBelow } from "./locks/substitute.ts";
import { impliedByNumbers, relatedTests } from "./number-tests.ts";

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
  if (end.kind === "select") {
    const isOpen = (one: Operation): boolean => !isNilChannel(facts, one) && !isLeftOut?.(one);
    return successors(end, (one) => !isOpen(one)).map((block) => ({
      block,
      facts,
      condition: undefined,
    }));
  }
  if (end.kind !== "branch" || !end.condition)
    return successors(end, isLeftOut).map((block) => ({ block, facts, condition: undefined }));
  const { condition, then, otherwise } = end;
  return [true, false].flatMap((isTaken) => {
    const holds = isTaken !== condition.negated;
    if (condition.constant !== undefined && condition.constant !== holds) return [];
    const known = facts.get(condition.key)?.holds ?? impliedByNumbers(facts, condition.key);
    if (known !== undefined && known !== holds) return [];
    return {
      block: isTaken ? then : otherwise,
      condition,
      facts: repeated.has(condition.key)
        ? new Map(facts).set(condition.key, { holds, reads: condition.reads })
        : facts,
    };
  });
}

/** A variable that is nil by now is a case that never comes: `done = nil` in the case of `<-done`. */
function isNilChannel(facts: PathFacts, operation: Operation): boolean {
  if (operation.kind !== "send" && operation.kind !== "receive") return false;
  const key = pathKey(operation.channel);
  return key !== undefined && facts.get(`${key}==nil`)?.holds === true;
}

/** Outcomes of tests whose variables were written no longer hold; what is set to nil is known to be. */
export function afterWrites(facts: PathFacts, operations: readonly Operation[]): PathFacts {
  const cleared = operations.filter(isClearing);
  if (facts.size === 0 && cleared.length === 0) return facts;
  const written = operations.flatMap(writtenKeys);
  if (written.length === 0) return facts;
  const kept = [...facts].filter(
    ([, { reads }]) => !reads.some((read) => written.some((key) => isBelow(read, key))),
  );
  for (const operation of cleared) {
    const [key = ""] = writtenKeys(operation);
    if (operation === operations.findLast((one) => writtenKeys(one).includes(key)))
      kept.push([`${key}==nil`, { holds: true, reads: [key] }]);
  }
  return kept.length === facts.size && cleared.length === 0 ? facts : new Map(kept);
}

/** `x = nil` of a plain variable. */
function isClearing(operation: Operation): boolean {
  return (
    operation.kind === "assign" &&
    operation.value.kind === "nil" &&
    operation.target.steps.length === 0 &&
    pathKey(operation.target) !== undefined
  );
}

function writtenKeys(operation: Operation): string[] {
  return writtenBy(operation).flatMap((path) => (path && pathKey(path)) ?? []);
}

/** The conditions that a function tests in more than one place, or that tell of others. */
export function repeatedConditions({ blocks }: FunctionModel): ReadonlySet<string> {
  const conditions = blocks.flatMap(({ end }) =>
    end.kind === "branch" && end.condition ? [end.condition] : [],
  );
  const keys = conditions.map(({ key }) => key);
  return new Set([
    ...keys.filter((key, at) => keys.indexOf(key) !== at),
    ...relatedTests(conditions),
  ]);
}

/** Facts as a text: the same for the same facts. */
export function factsKey(facts: PathFacts): string {
  return [...facts]
    .map(([key, { holds }]) => `${key}${holds}`)
    .sort()
    .join();
}
