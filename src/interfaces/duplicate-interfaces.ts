import { defineAnalysis } from "../core/analysis.ts";
import type { Problem } from "../core/finding.ts";
import { type InterfaceFact, projectFacts } from "../core/project-facts.ts";
import { isOwnMatter } from "./evidence.ts";

/** Across packages a consumer may well say again what little it needs. */
const FEWEST_ACROSS = 3;
const FEWEST_BESIDE = 2;

/** Interfaces of the project that ask for the same; each speaks of the first one. */
export const duplicateInterfaces = defineAnalysis(
  "duplicate interfaces",
  (use): readonly Problem[] => {
    const { interfaces, judged } = use(projectFacts);
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
    return [...groups.values()].flatMap((group) => problemsIn(group, asked));
  },
);

function problemsIn(
  group: readonly InterfaceFact[],
  asked: ReadonlySet<InterfaceFact>,
): readonly Problem[] {
  return group.flatMap((each, index): Problem[] => {
    if (!asked.has(each)) return [];
    const earlier = group.slice(0, index);
    const beside = earlier.find(({ home, at }) => home === each.home || at.file === each.at.file);
    const first = beside ?? earlier[0];
    // Declarations of one name in one package are variants that build tags keep apart.
    if (!first || (beside && beside.name === each.name)) return [];
    if (!beside && each.members.length < FEWEST_ACROSS) return [];
    const place = beside ? "" : ` of ${first.home}`;
    return [
      {
        at: each.at,
        severity: beside && !each.isPublic ? "warning" : "info",
        message: `${each.name} asks for the same ${each.members.length} ${nouns(each)} as ${first.name}${place}`,
        related: earlier
          .slice(-5)
          .map(({ at, name }) => ({ at, note: `${name} asks for the same` })),
      },
    ];
  });
}

function nouns({ members }: InterfaceFact): string {
  return members.every(({ isMethod }) => isMethod) ? "methods" : "members";
}

function isComparable(each: InterfaceFact): boolean {
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
