import { defineAnalysis } from "../core/analysis.ts";
import type { Problem } from "../core/finding.ts";
import { type InterfaceFact, type ProjectFacts, projectFacts } from "../core/project-facts.ts";
import type { LanguageName } from "../core/rule.ts";
import { isOwnMatter } from "./evidence.ts";

/** Across packages a consumer may well say again what little it needs. */
const FEWEST_ACROSS = 3;
const FEWEST_BESIDE = 2;
/** Data has the same few fields soon. */
const FEWEST_FIELDS = 4;

/** Interfaces of the project that ask for the same; each speaks of the first one. */
export const duplicateInterfaces = defineAnalysis(
  "duplicate interfaces",
  (use): readonly Problem[] => {
    const facts = use(projectFacts);
    const { interfaces, judged, language } = facts;
    const isComparable = language === "go" ? isComparableInGo : isOwnWhole;
    if (judged.length === 0) return [];
    const groups = new Map<string, InterfaceFact[]>();
    for (const each of interfaces) {
      const key = isComparable(each) ? shapeOf(each) : undefined;
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group) group.push(each);
      else groups.set(key, [each]);
    }
    const asked = new Set(judged);
    return [...groups.values()].flatMap((group) => problemsIn(group, asked, facts));
  },
);

function problemsIn(
  group: readonly InterfaceFact[],
  asked: ReadonlySet<InterfaceFact>,
  facts: ProjectFacts,
): readonly Problem[] {
  const { language } = facts;
  return group.flatMap((each, index): Problem[] => {
    if (!asked.has(each)) return [];
    const earlier = group
      .slice(0, index)
      .filter((other) => mayCompare(each, other, language) && !mayGrowApart(each, other, facts));
    const beside = earlier.find(({ home }) => home === each.home);
    const first = beside ?? earlier[0];
    // Declarations of one name in one package are variants that build tags keep apart.
    if (!first || (beside && beside.name === each.name)) return [];
    const place = beside ? "" : ` of ${first.home}`;
    return [
      {
        at: each.at,
        severity: beside && language === "go" && !each.isPublic ? "warning" : "info",
        message: `${each.name} asks for the same ${each.members.length} ${nouns(each)} as ${first.name}${place}`,
        related: earlier
          .slice(-5)
          .map(({ at, name }) => ({ at, note: `${name} asks for the same` })),
      },
    ];
  });
}

/** Go: in one package, or large enough. TypeScript: one layer of one package, as its directories tell, and not its public API. */
function mayCompare(each: InterfaceFact, other: InterfaceFact, language: LanguageName): boolean {
  const isBeside = other.home === each.home;
  if (language === "go")
    return (
      isBeside || (each.members.length >= FEWEST_ACROSS && !areVersions(each.home, other.home))
    );
  const [one, two] = [directoryOf(each), directoryOf(other)];
  const isLayer = one.startsWith(two) || two.startsWith(one);
  const isPublic = each.isPublic || other.isPublic;
  return isBeside && isLayer && !isPublic && each.members.length >= FEWEST_FIELDS;
}

/** `api/v1` and `api/v2`: one is to stay as it is while the other goes on. */
function areVersions(one: string, other: string): boolean {
  const [without, and] = [one, other].map((home) => home.replace(/\/v\d\w*(?=\/|$)/g, "/v"));
  return one !== other && without === and;
}

/** Each is what a public function of the package gives or takes: what they ask for is promised to different callers. */
function mayGrowApart(each: InterfaceFact, other: InterfaceFact, facts: ProjectFacts): boolean {
  if (!each.isPublic || !other.isPublic || each.home !== other.home) return false;
  return [each, other].every((one) =>
    facts.mentionsOf(one).some(({ role }) => role === "signature"),
  );
}

function directoryOf({ at }: InterfaceFact): string {
  return at.file.slice(0, at.file.lastIndexOf("/") + 1);
}

function nouns({ members }: InterfaceFact): string {
  return members.every(({ isMethod }) => isMethod) ? "methods" : "members";
}

/** It says all of its members itself. */
function isOwnWhole(each: InterfaceFact): boolean {
  return (
    isOwnMatter(each) &&
    !each.isGeneric &&
    each.members.length > 0 &&
    each.members.every(({ isOwn }) => isOwn)
  );
}

function isComparableInGo(each: InterfaceFact): boolean {
  return (
    isOwnMatter(each) &&
    !each.isGeneric &&
    each.members.length >= FEWEST_BESIDE &&
    // Made of others alone, it is a name for them.
    each.members.some(({ isOwn }) => isOwn)
  );
}

/** Names and types of the members; undefined where a type isn't known. Unexported methods differ by package. */
function shapeOf({ members, home, isSealed }: InterfaceFact): string | undefined {
  const parts: string[] = isSealed ? [home] : [];
  for (const { name, signature } of members) {
    const type = signature();
    if (type === undefined) return undefined;
    parts.push(`${name} ${type}`);
  }
  return parts.sort().join("\n");
}
