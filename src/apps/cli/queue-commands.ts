import { existsSync } from "node:fs";
import type { QueueStatus } from "../../adapters/queue/review-queue.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

/** `chokepoint queue status`: what waits, runs, and has failed for good. */
export async function queueStatus(io: Io): Promise<ExitCode> {
  const status = await askQueue<QueueStatus>(io, "GET", "/operator/queue", (queue) =>
    queue.status(),
  );
  for (const [name, counts] of Object.entries(status)) {
    const { waiting, active, failed } = counts;
    io.out(`${name.padEnd(12)} ${waiting} waiting, ${active} active, ${failed} failed\n`);
  }
  return 0;
}

/** `chokepoint queue redrive`: dead reviews are tried once more. */
export async function queueRedrive(io: Io): Promise<ExitCode> {
  const { redriven } = await askQueue(io, "POST", "/operator/queue/redrive", async (queue) => ({
    redriven: await queue.redrive(),
  }));
  io.out(`${redriven} put back into the queue\n`);
  return 0;
}

type OpenQueue = { status(): Promise<QueueStatus>; redrive(): Promise<number> };

/** Asks the database where it is free or a PostgreSQL, and otherwise the server that has it. */
async function askQueue<T>(
  { directory }: Io,
  method: "GET" | "POST",
  path: string,
  ask: (queue: OpenQueue) => Promise<T>,
): Promise<T> {
  const { environmentOf } = await import("../server/environment.ts");
  const { databaseOf } = await import("../server/settings.ts");
  const { DatabaseAwayError, openDatabase } = await import("../../adapters/queue/database.ts");
  const { openReviewQueue } = await import("../../adapters/queue/review-queue.ts");
  const { DirectoryInUseError } = await import("../../adapters/queue/data-directory-lock.ts");
  const environment = environmentOf(directory);
  const place = databaseOf(environment, directory);
  if ("dataDirectory" in place && !existsSync(place.dataDirectory))
    throw new UsageError(
      `no server has kept anything in ${place.dataDirectory}: go to the folder that it is started in, or set DATA_DIR or DATABASE_URL as it has them`,
    );
  try {
    const database = await openDatabase(place);
    const queue = await openReviewQueue(database, () => undefined, { isVisitor: true });
    try {
      return await ask(queue);
    } finally {
      await queue.stop();
    }
  } catch (error) {
    if (error instanceof DatabaseAwayError) throw new UsageError(error.message);
    if (!(error instanceof DirectoryInUseError)) throw error;
    const { HOST = "127.0.0.1", PORT = "3000", OPERATOR_TOKEN } = environment;
    if (!OPERATOR_TOKEN)
      throw new UsageError(
        "the server has the data directory: set OPERATOR_TOKEN for it and for this command, or stop it",
      );
    const host = HOST === "0.0.0.0" || HOST === "::" ? "127.0.0.1" : HOST;
    const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` };
    const response = await fetch(`http://${host}:${PORT}${path}`, { method, headers }).catch(() => {
      throw new UsageError(
        `the server has the data directory, and does not answer at ${host}:${PORT}: set HOST and PORT as it has them`,
      );
    });
    if (!response.ok)
      throw new UsageError(
        `the server answers ${response.status}: is its OPERATOR_TOKEN this one?`,
      );
    return (await response.json()) as T;
  }
}
