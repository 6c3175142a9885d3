import { describe, expect, it } from "vitest";
import { killRun } from "../../bench/kill-run.ts";
import { postgresPrograms, startPostgres } from "../adapters/queue/postgres-server.ts";

/** The long form is `node dist/bench/kill.js`; this one asserts no time. */
async function survives(databaseUrl?: string): Promise<void> {
  const run = { reviews: 12, kills: 4, seed: 3 };
  const figures = await killRun(databaseUrl === undefined ? run : { ...run, databaseUrl });
  expect(figures).toMatchObject({
    missing: 0,
    doubled: 0,
    wrong: 0,
    unchecked: 0,
    leftOpen: 0,
    violations: [],
  });
  expect(figures.comments).toBeGreaterThan(0);
}

describe("a server says everything once, however often it is killed", () => {
  it("on PGlite", { timeout: 300_000 }, () => survives());

  it.skipIf(!postgresPrograms)("on PostgreSQL (needs it)", { timeout: 300_000 }, async () => {
    const server = startPostgres();
    await survives(server.url).finally(() => server.stop());
  });
});
