export interface Job<P = unknown> {
  readonly id: string;
  readonly kind: string;
  readonly payload: P;
  readonly status: "waiting" | "done" | "failed";
}

export interface JobStore {
  load(id: string): Promise<Job | undefined>;
  finish(id: string, status: "done" | "failed"): Promise<void>;
}

export type Handler<P> = (payload: P, signal: AbortSignal) => Promise<void>;

interface Run {
  readonly kind: string;
  readonly abort: AbortController;
}

/** Runs jobs by number; a job must not run twice at the same time on one machine. */
export class JobRunner {
  readonly #store: JobStore;
  readonly #handlers = new Map<string, Handler<unknown>>();
  readonly #runs = new Map<string, Run>();

  constructor(store: JobStore) {
    this.#store = store;
  }

  handle<P>(kind: string, handler: Handler<P>): this {
    this.#handlers.set(kind, handler as Handler<unknown>);
    return this;
  }

  isRunning(id: string): boolean {
    return this.#runs.has(id);
  }

  cancel(id: string): boolean {
    const run = this.#runs.get(id);
    run?.abort.abort(new Error(`${id} was cancelled`));
    return run !== undefined;
  }

  async dispatch(id: string): Promise<boolean> {
    if (this.isRunning(id)) return false;
    const job = await this.#store.load(id);
    if (job?.status !== "waiting") return false;
    await this.#run(job);
    return true;
  }

  async #run(job: Job): Promise<void> {
    const handler = this.#handlers.get(job.kind);
    if (!handler) throw new Error(`nobody handles ${job.kind}`);
    const abort = new AbortController();
    this.#runs.set(job.id, { kind: job.kind, abort });
    let status: "done" | "failed" = "failed";
    try {
      await handler(job.payload, abort.signal);
      status = "done";
    } finally {
      await this.#store.finish(job.id, status);
      this.#runs.delete(job.id);
    }
  }
}
