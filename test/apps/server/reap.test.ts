import { expect, it, vi } from "vitest";
import { checkId, queueCheck, startCheck } from "../../../src/adapters/github/check.ts";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { reapChecks } from "../../../src/apps/server/reap.ts";
import { opened } from "./hub.ts";
import { withoutWorker } from "./without-worker.ts";

vi.setConfig({ testTimeout: 120_000 });

async function prepared() {
  const world = await withoutWorker();
  const { store, database, installations, newClient } = world;
  const log = createLogger({ write: () => undefined });
  const reap = () => reapChecks(store, installations(), log);
  const grownOld = (pull: number) =>
    database.query(
      "update chokepoint.review set started = now() - interval '2 hours' where pull = $1",
      [pull],
    );
  return { ...world, client: await newClient(), reap, grownOld };
}

it("closes checks that nobody works at any more, and no others", async () => {
  const { github, world, queue, store, client, at, request, reap, grownOld } = await prepared();
  const pulls = [opened({ github }), opened({ github }), opened({ github })];
  for (const { number: pull, head } of pulls) {
    await startCheck(client, at, head, checkId(pull));
    await store.reviews.begin(request(pull, head), head);
  }
  const [gone, waiting, young] = pulls;
  for (const pull of [1, 2]) await grownOld(pull);
  await queue.request(request(2, ""));
  expect(await reap()).toBe(1);
  expect(await reap()).toBe(0);
  const statusOf = (pull?: { head: string }) =>
    world.checkRuns.find(({ head }) => head === pull?.head)?.status;
  expect([gone, waiting, young].map(statusOf)).toEqual(["completed", "in_progress", "in_progress"]);
});

it("closes a queued check whose announcer ended at once, while another process had its review begun and ended", async () => {
  const { github, world, store, client, at, request, reap, grownOld } = await prepared();
  const { number: pull, head } = opened({ github });
  await store.reviews.announce(request(pull, head));
  // The other process: what was announced is none of its own while that is under way.
  await store.reviews.settle(request(pull, head));
  await store.reviews.end(await store.reviews.begin(request(pull, head), head), {
    outcome: "reviewed",
  });
  await queueCheck(client, at, head, checkId(pull));
  expect(await reap()).toBe(0);
  await grownOld(pull);
  expect(await reap()).toBe(1);
  expect(world.checkRuns.map(({ status }) => status)).toEqual(["completed"]);
  expect((await store.reviews.recent(5)).map(({ outcome }) => outcome).sort()).toEqual([
    "cut off",
    "reviewed",
  ]);
});
