import type { ReadLog } from "../../adapters/read-log.ts";
import type { KeptUnit, ResultCache } from "../../adapters/result-cache.ts";
import type { UnitResult } from "../../engine/analyze-unit.ts";
import { createUnitDigest } from "../../engine/unit-digest.ts";
import type { Unit } from "../../languages/language.ts";
import { languages } from "../../languages/registry.ts";
import { ownBuild } from "../own-package.ts";
import type { Job, Session } from "./session.ts";
import type { TaskResult } from "./threads.ts";

/** Units that were judged by themselves in an earlier run, and need not be again. */
export interface KeptUnits {
  /** Undefined where the unit, something that was read for it, or the configuration has changed since. */
  resultsOf(unit: Unit): readonly UnitResult[] | undefined;
  /** `log`: what the run has read. */
  keep(results: readonly TaskResult[], log: ReadLog): void;
}

/** Those asked for least recently are forgotten beyond so many: files that were deleted long ago. */
const UNITS_KEPT = 20_000;

/** Opens what is kept for jobs like this one, whatever files they are about. */
export function keptUnits(
  cache: ResultCache,
  { source, rules, levels }: Job,
  { snapshot, rules: running, settingsFor }: Session,
): KeptUnits {
  const root = source.kind === "given" ? undefined : source.root;
  const key = { build: ownBuild(), of: "units", root, rules, levels };
  const { hashOf } = snapshot;
  const digestOf = createUnitDigest({ snapshot, hashOf, languages, rules: running, settingsFor });
  const digests = new Map<string, string>();
  const remembered = (unit: Unit) => {
    const name = nameOf(unit);
    const digest = digests.get(name) ?? digestOf(unit);
    digests.set(name, digest);
    return digest;
  };
  const answerers = languages.map(({ name, answers }) => {
    const answer = answers?.(snapshot);
    return [name, answer && onceEach(answer)] as const;
  });
  const answersOf = new Map<string, ((question: string) => string) | undefined>(answerers);
  const isAsItWas = (unit: Unit, { texts, answers }: KeptUnit) => {
    const answer = answersOf.get(unit.language);
    return (
      texts.every(([path, was]) => hashOf(path) === was) &&
      answers.every(([question, was]) => answer?.(question) === was)
    );
  };
  const kept = cache.loadUnits(key);
  const used = new Set<string>();
  return {
    resultsOf(unit) {
      // Asked before anything is analysed: what changes meanwhile must not count.
      const digest = remembered(unit);
      const name = nameOf(unit);
      const known = kept.get(name);
      if (known?.digest !== digest || !isAsItWas(unit, known)) return undefined;
      used.add(name);
      return known.results;
    },
    keep(done, log) {
      const all = new Map([...kept].filter(([name]) => !digests.has(name)));
      for (const name of used) {
        const known = kept.get(name);
        if (known) all.set(name, known);
      }
      for (const { unit, share, results } of done) {
        const reads = share === "unit" ? results[0]?.reads : undefined;
        if (!reads) continue;
        const files = new Set([...reads.files, ...namedIn(results, unit)]);
        all.set(nameOf(unit), {
          digest: remembered(unit),
          texts: [...files].map((path) => [path, log.texts.get(path) ?? hashOf(path)]),
          answers: reads.answers,
          results: results.map(({ reads: _, ...result }) => result),
        });
      }
      if (all.size > 0) cache.saveUnits(key, new Map([...all].slice(-UNITS_KEPT)));
    },
  };
}

function onceEach(compute: (of: string) => string): (of: string) => string {
  const known = new Map<string, string>();
  return (of) => {
    const result = known.get(of) ?? compute(of);
    known.set(of, result);
    return result;
  };
}

function nameOf({ language, directory, files }: Unit): string {
  const isPart = languages.find(({ name }) => name === language)?.parts !== undefined;
  return `${language} ${isPart ? files.join(" ") : directory}`;
}

/** Files of other units that findings name: places in them may have moved. */
function namedIn(results: readonly UnitResult[], unit: Unit): string[] {
  const findings = results.flatMap((result) => result.findings);
  const files = findings.flatMap(({ related, trace }) => [
    ...related.map(({ at }) => at.file),
    ...(trace?.steps.map(({ at }) => at.file) ?? []),
  ]);
  const own = new Set(unit.files);
  return [...new Set(files)].filter((file) => !own.has(file));
}
