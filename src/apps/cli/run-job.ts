import { mergedLog } from "../../adapters/read-log.ts";
import type { ResultCache } from "../../adapters/result-cache.ts";
import { analyzeUnits, unitsOf } from "../../engine/analyze.ts";
import { type AnalysisResult, mergeResults } from "../../engine/merge-results.ts";
import type { Unit } from "../../languages/language.ts";
import { languages } from "../../languages/registry.ts";
import type { SourceParser } from "../../syntax/parser.ts";
import { ownBuild } from "../own-package.ts";
import type { Io } from "./io.ts";
import { type Job, parserFor, requestFor, type Session } from "./session.ts";
import { analyzeInThreads, type ThreadResults, threadCount } from "./threads.ts";
import type { Costs } from "./timing.ts";

/** How a job is run; none of it changes what is found. */
export interface RunSettings {
  /** As many as help, where it is not said. */
  readonly threads: number | undefined;
  readonly costs: Costs;
  readonly io: Io;
  /** Where results of earlier runs are kept, if they are. */
  readonly cache: ResultCache | undefined;
}

/** Analyses files, in as many threads as help; the result is the same for any number, and from the cache. */
export async function runJob(
  job: Job,
  session: Session,
  files: readonly string[],
  { threads, costs, io, cache }: RunSettings,
): Promise<AnalysisResult> {
  const { snapshot } = session;
  const key = { build: ownBuild(), job, files };
  const kept =
    cache && costs.measure("phase: look into the cache", () => cache.load(key, snapshot));
  if (kept) return kept;
  const units = costs.measure("phase: read and group files", () =>
    unitsOf({ files, snapshot, languages }).map((unit) => {
      const weight = unit.files.reduce((sum, path) => sum + (snapshot.read(path)?.length ?? 0), 0);
      return { unit, weight };
    }),
  );
  const count = threadCount(threads, units);
  const { results, log } = await costs.measure(
    `phase: analyse with ${count === 1 ? "one thread" : `${count} threads`}`,
    () =>
      count === 1
        ? analyzeHere(
            session,
            units.map(({ unit }) => unit),
            files,
            { costs, io },
          )
        : analyzeInThreads(job, files, units, count),
  );
  const merged = costs.measure("phase: merge", () => mergeResults(results));
  const whole = cache && log && mergedLog([snapshot.takeLog(), log]);
  if (whole) costs.measure("phase: keep results", () => cache.save(key, whole, merged));
  return merged;
}

async function analyzeHere(
  session: Session,
  units: readonly Unit[],
  files: readonly string[],
  { costs, io }: Pick<RunSettings, "costs" | "io">,
): Promise<ThreadResults> {
  const parser = await costs.measure("phase: load grammars", () => parserFor(files));
  const timing = { clock: io.clock, onCost: costs.add };
  const request = requestFor(session, files, measured(parser, costs));
  const results = analyzeUnits(units, { ...request, timing });
  return { results, log: session.snapshot.takeLog() };
}

function measured(parser: SourceParser, costs: Costs): SourceParser {
  return {
    backend: parser.backend,
    parse: (text, grammar) => costs.measure(`parse ${grammar}`, () => parser.parse(text, grammar)),
  };
}
