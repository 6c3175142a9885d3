import type { Related } from "../core/finding.ts";
import type { InterfaceFact, Mention, ProjectFacts, TypeFact } from "../core/project-facts.ts";

/** More places than a reader looks up. */
const MOST_PLACES = 5;

/** `1 use`, `3 uses`. */
export function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** `A`, `A and B`, `A, B and C`, `A, B and 3 others`. */
export function listed(names: readonly string[]): string {
  const [first = "", second = ""] = names;
  if (names.length <= 1) return first;
  if (names.length === 2) return `${first} and ${second}`;
  const [, , third = ""] = names;
  return names.length === 3
    ? `${first}, ${second} and ${third}`
    : `${first}, ${second} and ${names.length - 2} others`;
}

/** Types that implement it in earnest. */
export function realOnes(types: readonly TypeFact[]): readonly TypeFact[] {
  return types.filter(({ isDouble, isTest, isGenerated }) => !isDouble && !isTest && !isGenerated);
}

/** Its test doubles: mocks, fakes, stubs, generated ones too, and whatever tests declare. */
export function doubles(types: readonly TypeFact[]): readonly TypeFact[] {
  return types.filter(({ isDouble, isTest }) => isDouble || isTest);
}

/** The first places of its implementations and of its uses. */
export function placesOf(
  types: readonly TypeFact[],
  mentions: readonly Mention[],
): readonly Related[] {
  const implementations = types.map(({ at, name, isDouble, isTest }) => ({
    at,
    note: isDouble || isTest ? `${name} stands in for it in tests` : `${name} implements it`,
  }));
  const uses = mentions
    .filter(({ role }) => role !== "compliance")
    .map(({ at }) => ({ at, note: "used here" }));
  return [
    ...implementations.slice(0, MOST_PLACES - 2),
    ...uses.slice(0, Math.max(2, MOST_PLACES - implementations.length)),
  ].slice(0, MOST_PLACES);
}

/** Interfaces that a change can be asked of: not made by a generator, not for tests, and with methods that are all known. */
export function isOwnMatter(each: InterfaceFact): boolean {
  return !each.isGenerated && !each.isTest && !each.isConstraint && each.isComplete;
}

/** Whether others may implement it that the project doesn't see: it is public, or part of a public signature. */
export function mayHaveForeigners(facts: ProjectFacts, each: InterfaceFact): boolean {
  return (
    each.isPublic ||
    facts.mentionsOf(each).some(({ role }) => role === "signature" && !each.isSealed)
  );
}
