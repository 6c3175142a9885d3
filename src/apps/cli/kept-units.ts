import type { KeptUnit, ResultCache } from "../../adapters/result-cache.ts";
import type { UnitResult } from "../../engine/analyze-unit.ts";
import { createUnitDigest, hash } from "../../engine/unit-digest.ts";
import type { Unit } from "../../languages/language.ts";
import { languages } from "../../languages/registry.ts";
import { ownBuild } from "../own-package.ts";
import type { Job, Session } from "./session.ts";
import type { TaskResult } from "./threads.ts";

/** Units that were judged by themselves in an earlier run, and need not be again. */
export interface KeptUnits {
  /** Undefined where the unit, something that it imports, or the configuration has changed since. */
  resultsOf(unit: Unit): readonly UnitResult[] | undefined;
  keep(results: readonly TaskResult[]): void;
}

/** Opens what is kept for jobs like this one, whatever files they are about. */
export function keptUnits(
  cache: ResultCache,
  { source, rules, levels }: Job,
  { snapshot, rules: running, settingsFor }: Session,
): KeptUnits {
  const root = source.kind === "given" ? undefined : source.root;
  const key = { build: ownBuild(), of: "units", root, rules, levels };
  const digestOf = createUnitDigest({ snapshot, languages, rules: running, settingsFor });
  const digests = new Map<Unit, string | undefined>();
  const remembered = (unit: Unit) => {
    if (!digests.has(unit)) digests.set(unit, digestOf(unit));
    return digests.get(unit);
  };
  const hashOf = (path: string) => hash(snapshot.read(path) ?? "absent");
  const isAsItWas = ([path, was]: KeptUnit["named"][number]) => hashOf(path) === was;
  const kept = cache.loadUnits(key);
  return {
    resultsOf(unit) {
      // Asked before anything is analysed: what changes meanwhile must not count.
      const digest = remembered(unit);
      const known = kept.get(nameOf(unit));
      const holds = known?.digest === digest && known?.named.every(isAsItWas);
      return holds ? known?.results : undefined;
    },
    keep(done) {
      const all = new Map<string, KeptUnit>(kept);
      for (const { unit, share, results } of done) {
        const digest = share === "unit" ? remembered(unit) : undefined;
        if (digest === undefined) continue;
        const named = namedIn(results, unit).map((path) => [path, hashOf(path)] as const);
        all.set(nameOf(unit), { digest, named, results });
      }
      if (all.size > 0) cache.saveUnits(key, all);
    },
  };
}

function nameOf({ language, directory }: Unit): string {
  return `${language} ${directory}`;
}

/** Files of other units that findings name. */
function namedIn(results: readonly UnitResult[], { directory }: Unit): string[] {
  const findings = results.flatMap((result) => result.findings);
  const files = findings.flatMap(({ related, trace }) => [
    ...related.map(({ at }) => at.file),
    ...(trace?.steps.map(({ at }) => at.file) ?? []),
  ]);
  const isOther = (file: string) => file.slice(0, Math.max(0, file.lastIndexOf("/"))) !== directory;
  return [...new Set(files)].filter(isOther);
}
