import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { isGeneratedTypeScript } from "../generated.ts";
import { typescriptModules } from "../modules.ts";
import { type DeclaredName, declaredNames, namesBehind } from "../project/declarations.ts";
import { isTestPath } from "../test-path.ts";

/** So many interfaces above one are more than a reader keeps in mind. */
const MOST_ABOVE = 3;
const DEPTH = 20;

/** Interfaces at the end of long chains of `extends`, of which only the package's own count. */
export const deepInterfaces = defineAnalysis("deep interfaces", (use): readonly Problem[] => {
  const { judged, text } = use(typescriptModules);
  const byName = new Map<string, DeclaredName | undefined>();
  for (const path of judged) {
    const found = text(path) ?? "";
    if (!/\binterface\b/.test(found)) continue;
    const isContext = isGeneratedTypeScript(path, found);
    // A name that is declared twice means neither.
    for (const each of declaredNames({ path, text: found, isTest: isTestPath(path), isContext }))
      if (each.kind === "interface")
        byName.set(each.name, byName.has(each.name) ? undefined : each);
  }
  return [...byName.values()].flatMap((each): Problem[] => {
    if (!each || each.from.isTest || each.from.isContext || each.isAmbient) return [];
    const chain = chainAbove(each, byName);
    // The one below speaks for those above it.
    if (chain.length !== MOST_ABOVE + 1) return [];
    return [
      {
        at: { file: each.from.path, start: each.nameStart, end: each.nameStart + each.name.length },
        message: `${each.name} extends interfaces ${chain.length} levels deep: ${chain.map(({ name }) => name).join(", ")}`,
      },
    ];
  });
});

/** The longest chain of interfaces that one extends. */
function chainAbove(
  start: DeclaredName,
  byName: ReadonlyMap<string, DeclaredName | undefined>,
): readonly DeclaredName[] {
  let longest: readonly DeclaredName[] = [];
  let chains: readonly (readonly DeclaredName[])[] = [[start]];
  for (let depth = 0; depth < DEPTH && chains.length > 0; depth++) {
    const next = chains.flatMap((chain) => {
      const last = chain.at(-1);
      return namesBehind("extends", last?.head ?? "").flatMap((base) => {
        const of = byName.get(base);
        return of && !chain.includes(of) ? [[...chain, of]] : [];
      });
    });
    const [first] = next;
    if (first) longest = first.slice(1);
    chains = next.slice(0, DEPTH);
  }
  return longest;
}
