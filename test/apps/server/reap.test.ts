import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { checkId, queueCheck, startCheck } from "../../../src/adapters/github/check.ts";
import { createInstallations } from "../../../src/adapters/github/installations.ts";
import { openDatabase } from "../../../src/adapters/queue/database.ts";
import { openReviewQueue, type ReviewRequest } from "../../../src/adapters/queue/review-queue.ts";
import { openStore } from "../../../src/adapters/queue/store.ts";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { reapChecks } from "../../../src/apps/server/reap.ts";
import { startFakeGitHub } from "../../fake-github/for-test.ts";
import { opened } from "./hub.ts";

vi.setConfig({ testTimeout: 120_000 });

/** What the server has, without a worker: a database, and a client of the fake GitHub. */
async function prepared() {
  const github = await startFakeGitHub();
  const { world, appId, privateKey, url: apiUrl } = github;
  const dataDirectory = mkdtempSync(join(tmpdir(), "chokepoint-reap-"));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const database = await openDatabase({ dataDirectory });
  const queue = await openReviewQueue(database, () => undefined);
  onTestFinished(() => queue.stop());
  const store = await openStore(database);
  const installations = createInstallations({ appId, privateKey, apiUrl }, 0);
  const place = { installation: world.installation, repository: world.repositoryId };
  const client = await installations.client(place);
  const at = { owner: world.owner, repo: world.name };
  const request = (pull: number, head: string): ReviewRequest => ({
    ...place,
    owner: world.owner,
    name: world.name,
    pull,
    head,
  });
  const reap = () => reapChecks(store, installations, createLogger({ write: () => undefined }));
  const grownOld = (pull: number) =>
    database.query(
      "update chokepoint.review set started = now() - interval '2 hours' where pull = $1",
      [pull],
    );
  return { github, world, queue, store, client, at, request, reap, grownOld };
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
