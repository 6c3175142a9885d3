import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { mergedLog, type ReadLog } from "../../adapters/read-log.ts";
import type { NoticeKind } from "../../core/finding.ts";
import type { UnitResult } from "../../engine/analyze-unit.ts";
import type { Share } from "../../engine/runs.ts";
import { NOTHING_UNDERSTOOD } from "../../engine/understood.ts";
import type { Unit } from "../../languages/language.ts";
import type { Batch } from "./batches.ts";
import type { Job } from "./session.ts";
import type { WorkerAnswer, WorkerStart, WorkerTask } from "./worker.ts";

/** Below so much text per thread, in UTF-16 units, starting another one costs more than it brings. */
const WORTH_A_THREAD = 1_500_000;
/** A unit that takes longer has met a fault of ours; its thread is ended, the rest goes on. */
const LONGEST_UNIT_MILLISECONDS = 120_000;

/** Units to be judged by themselves, in that order, and those that are compared with the whole project. */
export interface JobTasks {
  readonly batches: readonly (readonly Unit[])[];
  readonly project: readonly Unit[];
}

/** How many threads help: what the machine and its control group give, as far as there is work for them. */
export function threadCount(asked: number | undefined, batches: readonly Batch[]): number {
  if (!canStartThreads()) return 1;
  const total = batches.reduce((sum, { weight }) => sum + weight, 0);
  const helpful = Math.min(processors(), Math.ceil(total / WORTH_A_THREAD));
  return Math.max(1, Math.min(asked ?? helpful, batches.length));
}

/** Threads run compiled modules; from sources (in tests) everything runs on the main thread. */
function canStartThreads(): boolean {
  return import.meta.url.endsWith(".js");
}

function processors(): number {
  const all = availableParallelism();
  try {
    const [quota, period] = readFileSync("/sys/fs/cgroup/cpu.max", "utf8").split(" ").map(Number);
    if (quota && period) return Math.max(1, Math.min(all, Math.round(quota / period)));
  } catch {
    // No control group of this kind: the machine's own number holds.
  }
  return all;
}

/** What was found, and what was read for it. */
export interface JobResults {
  readonly results: readonly TaskResult[];
  /** Undefined where a unit was lost, or a file changed meanwhile: such results are not worth keeping. */
  readonly log: ReadLog | undefined;
}

/** What one unit of a task came to. */
export interface TaskResult {
  readonly unit: Unit;
  readonly share: Share;
  readonly results: readonly UnitResult[];
}

/** Does tasks in so many threads, in their order. The results come in any order; merging sorts them. */
export function analyzeInThreads(
  job: Job,
  files: readonly string[],
  { batches, project }: JobTasks,
  count: number,
): Promise<JobResults> {
  const tasks = new Tasks(batches, project);
  const results: TaskResult[] = [];
  const logs: ReadLog[] = [];
  let isWhole = true;
  const { promise, resolve, reject } = withResolvers<JobResults>();
  let running = 0;

  const start = () => {
    const workerData: WorkerStart = { job, files };
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData });
    let current: WorkerTask | undefined;
    let timer: NodeJS.Timeout | undefined;
    let isReady = false;
    running++;

    const next = () => {
      current = tasks.next(worker);
      if (!current) return void worker.terminate();
      worker.postMessage(current);
      timer = setTimeout(() => lose("timed-out", "it took too long"), LONGEST_UNIT_MILLISECONDS);
    };
    const lose = (kind: NoticeKind, why: string) => {
      const [unit] = current?.units ?? [];
      if (current && unit) {
        const files = current.units.flatMap((each) => each.files);
        const lost = lostUnit({ ...unit, files }, kind, why);
        results.push({ unit, share: current.share, results: [lost] });
      }
      isWhole = false;
      current = undefined;
      void worker.terminate();
    };
    worker.on("message", (message: "ready" | WorkerAnswer) => {
      clearTimeout(timer);
      isReady = true;
      if (message !== "ready" && current) {
        const { share } = current;
        for (const [place, unit] of current.units.entries())
          results.push({ unit, share, results: message.results[place] ?? [] });
        logs.push(message.log);
      }
      current = undefined;
      next();
    });
    worker.on("error", (error) => {
      if (!isReady) reject(error);
      lose("internal", error.message);
    });
    worker.on("exit", () => {
      clearTimeout(timer);
      running--;
      tasks.leave(worker);
      if (!tasks.isEmpty && isReady) start();
      else if (running === 0) resolve({ results, log: isWhole ? mergedLog(logs) : undefined });
    });
  };
  for (let thread = 0; thread < count; thread++) start();
  return promise;
}

/** What is still to be done. One thread has the project's share of all units, so that the project's index is made once. */
class Tasks {
  readonly #units: WorkerTask[];
  readonly #project: WorkerTask[];
  #ofProject: Worker | undefined;

  constructor(batches: readonly (readonly Unit[])[], project: readonly Unit[]) {
    this.#units = batches.map((units) => ({ units, share: "unit" }));
    this.#project = project.map((unit) => ({ units: [unit], share: "project" }));
  }

  get isEmpty(): boolean {
    return this.#units.length + this.#project.length === 0;
  }

  next(worker: Worker): WorkerTask | undefined {
    this.#ofProject ??= worker;
    const project = this.#ofProject === worker ? this.#project.shift() : undefined;
    return project ?? this.#units.shift();
  }

  /** A thread has ended: another one takes over what it leaves. */
  leave(worker: Worker): void {
    if (this.#ofProject === worker) this.#ofProject = undefined;
  }
}

function lostUnit(unit: Unit, kind: NoticeKind, why: string): UnitResult {
  const file = unit.files[0] ?? unit.directory;
  const others =
    unit.files.length > 1 ? ` and the ${unit.files.length - 1} other files of its package` : "";
  const message = `this file${others} could not be judged: ${why} (please report this)`;
  return {
    findings: [],
    suppressions: [],
    notices: [{ file, kind, message }],
    understood: NOTHING_UNDERSTOOD,
  };
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<T>((onDone, onFailure) => {
    resolve = onDone;
    reject = onFailure;
  });
  return { promise, resolve, reject };
}
