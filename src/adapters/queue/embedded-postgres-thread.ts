/** The thread of the embedded PostgreSQL; see embedded-postgres.ts. */
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import type { Answer, Question } from "./embedded-postgres.ts";

const postgres = await PGlite.create(String(workerData));

async function answer({ method, parameters }: Question): Promise<unknown> {
  const [text, values] = parameters as [string, unknown[]];
  return method === "query" ? postgres.query(text, values) : postgres.exec(text);
}

/** Of an error's fields those that are words and numbers: others may not be sent. */
function told(error: unknown): NonNullable<Answer["error"]> {
  if (!(error instanceof Error)) return { message: String(error) };
  const fields = Object.entries(error).filter(([, value]) => /string|number/.test(typeof value));
  return { ...Object.fromEntries(fields), message: error.message };
}

function send(message: Answer): void {
  parentPort?.postMessage(message);
}

async function handle(question: Question): Promise<void> {
  const { number, method } = question;
  if (method === "close") {
    await postgres.close();
    parentPort?.close();
    return;
  }
  try {
    send({ number, result: await answer(question) });
  } catch (error) {
    send({ number, error: told(error) });
  }
}

parentPort?.on("message", (question: Question) => void handle(question));
send({ number: 0 });
