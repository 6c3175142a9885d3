import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Results } from "@electric-sql/pglite";

/** A PostgreSQL inside this process, in a thread of its own. */
export interface EmbeddedPostgres {
  query<T>(text: string, values?: unknown[]): Promise<Results<T>>;
  /** Several statements without parameters. */
  exec(text: string): Promise<Results[]>;
  close(): Promise<void>;
}

type Method = keyof EmbeddedPostgres;

/** What the thread is asked. */
export interface Question {
  readonly number: number;
  readonly method: Method;
  readonly parameters: readonly unknown[];
}

/** What it answers: to a question, or, with the number 0, that it is open. */
export interface Answer {
  readonly number: number;
  readonly result?: unknown;
  /** An error's message, and its fields: a code, and the constraint that was broken. */
  readonly error?: { readonly message: string; readonly [field: string]: unknown };
}

interface Asked {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

// The thread runs what is compiled, whoever starts it: tests run from sources.
const THREAD = import.meta.url.endsWith(".ts")
  ? "../../../dist/src/adapters/queue/embedded-postgres-thread.js"
  : "./embedded-postgres-thread.js";

/** Opens the directory, which is made if it is not there. Statements compute elsewhere: they hold up nobody's request. */
export async function openEmbeddedPostgres(directory: string): Promise<EmbeddedPostgres> {
  const thread = new Worker(new URL(THREAD, import.meta.url), { workerData: directory });
  const asked = new Map<number, Asked>();
  let failure: Error | undefined;
  let count = 0;

  function settle({ number, result, error }: Answer): void {
    const one = asked.get(number);
    asked.delete(number);
    // Who waits for nothing may end.
    if (asked.size === 0) thread.unref();
    if (error) one?.reject(Object.assign(new Error(error.message), error));
    else one?.resolve(result);
  }
  function fail(error: Error): void {
    failure ??= error;
    for (const { reject } of asked.values()) reject(failure);
    asked.clear();
  }
  function answerTo(number: number): Promise<unknown> {
    thread.ref();
    return new Promise((resolve, reject) => asked.set(number, { resolve, reject }));
  }
  function ask(method: Method, ...parameters: unknown[]): Promise<unknown> {
    if (failure) return Promise.reject(failure);
    const answer = answerTo(++count);
    thread.postMessage({ number: count, method, parameters } satisfies Question);
    return answer;
  }

  thread.on("message", settle);
  thread.on("error", fail);
  thread.on("exit", () => fail(new Error("the embedded database has ended")));
  await answerTo(0);
  return {
    query: <T>(text: string, values?: unknown[]) =>
      ask("query", text, values) as Promise<Results<T>>,
    exec: (text) => ask("exec", text) as Promise<Results[]>,
    async close() {
      if (failure) return;
      // Its end is the answer.
      thread.ref();
      thread.postMessage({ number: 0, method: "close", parameters: [] } satisfies Question);
      await once(thread, "exit");
    },
  };
}
