import { mergedLog } from "../../adapters/read-log.ts";
import type { ResultCache } from "../../adapters/result-cache.ts";
import { createAnalyzer, partsOf, unitsOf } from "../../engine/analyze.ts";
import type { UnitResult } from "../../engine/analyze-unit.ts";
import { type AnalysisResult, mergeResults } from "../../engine/merge-results.ts";
import { languages } from "../../languages/registry.ts";
import type { SourceParser } from "../../syntax/parser.ts";
import { ownBuild } from "../own-package.ts";
import { batchesOf } from "./batches.ts";
import type { Io } from "./io.ts";
import { keptUnits } from "./kept-units.ts";
import { type Job, parserFor, requestFor, type Session } from "./session.ts";
import {
  analyzeInThreads,
  type JobResults,
  type JobTasks,
  type TaskResult,
  threadCount,
} from "./threads.ts";
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
    unitsOf({ files, snapshot, languages }),
  );
  const parts = partsOf(units, languages);
  const before =
    cache && costs.measure("phase: look for units", () => keptUnits(cache, job, session));
  const known: UnitResult[] = [];
  const missing = costs.measure("phase: look for units", () =>
    parts.filter((part) => {
      const results = before?.resultsOf(part);
      if (results) known.push(...results);
      return results === undefined;
    }),
  );
  const batches = batchesOf(missing, snapshot);
  const count = threadCount(threads, batches);
  // Threads take the largest first, so that none is left alone with it; one thread stays near what it has parsed.
  if (count > 1) batches.sort((one, other) => other.weight - one.weight);
  const tasks = { batches: batches.map((batch) => batch.units), project: units };
  const { results, log } = await costs.measure(
    `phase: analyse with ${count === 1 ? "one thread" : `${count} threads`}`,
    () =>
      count === 1
        ? analyzeHere(session, tasks, files, { costs, io })
        : analyzeInThreads(job, files, tasks, count),
  );
  const merged = costs.measure("phase: merge", () =>
    mergeResults([...known, ...results.flatMap((each) => each.results)]),
  );
  const whole = cache && log && mergedLog([snapshot.takeLog(), log]);
  if (whole)
    costs.measure("phase: keep results", () => {
      cache.save(key, whole, merged);
      before?.keep(results, whole);
    });
  return merged;
}

async function analyzeHere(
  session: Session,
  { batches, project }: JobTasks,
  files: readonly string[],
  { costs, io }: Pick<RunSettings, "costs" | "io">,
): Promise<JobResults> {
  const parser = await costs.measure("phase: load grammars", () => parserFor(files));
  const timing = { clock: io.clock, onCost: costs.add };
  const request = requestFor(session, files, measured(parser, costs));
  const analyze = createAnalyzer({ ...request, timing });
  const results: TaskResult[] = [
    ...batches
      .flat()
      .map((unit) => ({ unit, share: "unit" as const, results: analyze(unit, "unit") })),
    ...project.map((unit) => ({
      unit,
      share: "project" as const,
      results: analyze(unit, "project"),
    })),
  ];
  return { results, log: session.snapshot.takeLog() };
}

function measured(parser: SourceParser, costs: Costs): SourceParser {
  return {
    backend: parser.backend,
    parse: (text, grammar) => costs.measure(`parse ${grammar}`, () => parser.parse(text, grammar)),
  };
}
