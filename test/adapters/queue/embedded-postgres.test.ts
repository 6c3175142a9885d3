import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { openEmbeddedPostgres } from "../../../src/adapters/queue/embedded-postgres.ts";

async function opened() {
  const directory = mkdtempSync(join(tmpdir(), "chokepoint-postgres-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return openEmbeddedPostgres(join(directory, "postgres"));
}

it("computes beside this thread, which goes on", async () => {
  const postgres = await opened();
  let isDone = false;
  const answer = postgres
    .query("select count(*)::int as count from generate_series(1, 3000000)")
    .finally(() => {
      isDone = true;
    });
  let ticks = 0;
  for (; !isDone; ticks++) await pause(5);
  expect((await answer).rows).toEqual([{ count: 3_000_000 }]);
  expect(ticks).toBeGreaterThan(5);
  await postgres.close();
});

it("says what is wrong with a statement, with the code that tells which, and goes on", async () => {
  const postgres = await opened();
  await postgres.exec("create table one (id int constraint only_one primary key); select 1");
  const insert = () => postgres.query("insert into one values ($1)", [1]);
  await insert();
  await expect(insert()).rejects.toMatchObject({ code: "23505", constraint: "only_one" });
  expect((await postgres.query("select now() as at")).rows).toEqual([{ at: expect.any(Date) }]);
  await postgres.close();
  await expect(insert()).rejects.toThrow("has ended");
  await postgres.close();
});
