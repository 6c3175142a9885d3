import { parentPort, workerData } from "node:worker_threads";
import type { ReadLog } from "../../adapters/read-log.ts";
import { invariant } from "../../core/invariant.ts";
import { createAnalyzer } from "../../engine/analyze.ts";
import type { UnitResult } from "../../engine/analyze-unit.ts";
import type { Share } from "../../engine/runs.ts";
import type { Unit } from "../../languages/language.ts";
import { type Job, openSession, parserFor, requestFor } from "./session.ts";

/** What a thread is started with. */
export interface WorkerStart {
  readonly job: Job;
  readonly files: readonly string[];
}

/** What a thread is to do next. */
export interface WorkerTask {
  readonly units: readonly Unit[];
  readonly share: Share;
}

/** What a thread answers for a task. */
export interface WorkerAnswer {
  /** Of each unit. */
  readonly results: readonly (readonly UnitResult[])[];
  /** What the thread has read since its last answer. */
  readonly log: ReadLog;
}

/** Analyses one unit after the other, as the main thread hands them over. */
const port = invariant(parentPort, "a worker has a port to who started it");
const { job, files } = workerData as WorkerStart;
const session = await openSession(job);
const analyze = createAnalyzer(requestFor(session, files, await parserFor(files)));
port.on("message", ({ units, share }: WorkerTask) => {
  const results = units.map((unit) => analyze(unit, share));
  const answer: WorkerAnswer = { results, log: session.snapshot.takeLog() };
  port.postMessage(answer);
});
port.postMessage("ready");
