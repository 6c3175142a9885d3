import { defineAnalysis } from "../core/analysis.ts";
import type { Problem } from "../core/finding.ts";
import { type InterfaceFact, projectFacts } from "../core/project-facts.ts";

/** From so many on, and so large a part, a spelling is the project's own style. */
const FEWEST_IN_STYLE = 4;
const STYLE = 0.2;

/** Names that say `interface` once more: `IStore`, `StoreInterface`; silent where the project writes them throughout. */
export const interfaceNames = defineAnalysis("interface names", (use): readonly Problem[] => {
  const { judged, interfaces, implementationsOf } = use(projectFacts);
  if (!judged.some((each) => spellingOf(each) !== undefined)) return [];
  const style = styleOf(interfaces);
  return judged.flatMap((each): Problem[] => {
    const spelling = spellingOf(each);
    if (!spelling || style.has(spelling.kind) || each.isGenerated || each.isTest) return [];
    // The plain name is what implements it.
    if (implementationsOf(each).some(({ name }) => name === spelling.plain)) return [];
    return [
      {
        at: each.at,
        message: `${each.name} says again that it is an interface; ${spelling.plain} says what it is`,
      },
    ];
  });
});

type Spelling = { readonly kind: "prefix" | "suffix"; readonly plain: string };

function spellingOf({ name, members }: InterfaceFact): Spelling | undefined {
  if (members.length === 0) return undefined;
  // IDs, IPs and the like begin with the letter.
  if (/^I[A-Z][a-z]{2}/.test(name) && !/^I[DPO][a-z]{1,2}(?![a-z])/.test(name))
    return { kind: "prefix", plain: name.slice(1) };
  if (/[a-z]Interface$/.test(name)) return { kind: "suffix", plain: name.slice(0, -9) };
  return undefined;
}

function styleOf(interfaces: readonly InterfaceFact[]): ReadonlySet<Spelling["kind"]> {
  return new Set(
    (["prefix", "suffix"] as const).filter((kind) => {
      const count = interfaces.filter((each) => spellingOf(each)?.kind === kind).length;
      return count >= FEWEST_IN_STYLE && count / interfaces.length >= STYLE;
    }),
  );
}
