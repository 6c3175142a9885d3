import { parentPort, workerData } from "node:worker_threads";
import { invariant } from "../../core/invariant.ts";
import { createAnalyzer } from "../../engine/analyze.ts";
import type { Unit } from "../../languages/language.ts";
import { type Job, openSession, parserFor, requestFor } from "./session.ts";

/** What a thread is started with. */
export interface WorkerStart {
  readonly job: Job;
  readonly files: readonly string[];
}

/** Analyses one unit after the other, as the main thread hands them over. */
const port = invariant(parentPort, "a worker has a port to who started it");
const { job, files } = workerData as WorkerStart;
const session = await openSession(job);
const analyze = createAnalyzer(requestFor(session, files, await parserFor(files)));
port.on("message", (unit: Unit) => port.postMessage(analyze(unit)));
port.postMessage("ready");
