import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { checkId, startCheck } from "../../../src/adapters/github/check.ts";
import { createInstallations } from "../../../src/adapters/github/installations.ts";
import { openDatabase } from "../../../src/adapters/queue/database.ts";
import { openReviewQueue } from "../../../src/adapters/queue/review-queue.ts";
import { openStore } from "../../../src/adapters/queue/store.ts";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { reapChecks } from "../../../src/apps/server/reap.ts";
import { startFakeGitHub } from "../../fake-github/for-test.ts";
import { opened } from "./hub.ts";

it("closes checks that nobody works at any more, and no others", { timeout: 60_000 }, async () => {
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
  const pulls = [opened({ github }), opened({ github }), opened({ github })];
  for (const { number: pull, head } of pulls) {
    await startCheck(client, at, head, checkId(pull));
    await store.reviews.begin({ ...place, owner: world.owner, name: world.name, pull, head }, head);
  }
  const [gone, waiting, young] = pulls;
  await database.query(
    "update chokepoint.review set started = now() - interval '2 hours' where pull <> $1",
    [young?.number],
  );
  await queue.request({ ...place, ...{ owner: world.owner, name: world.name }, pull: 2, head: "" });
  const log = createLogger({ write: () => undefined });
  expect(await reapChecks(store, installations, log)).toBe(1);
  expect(await reapChecks(store, installations, log)).toBe(0);
  const statusOf = (pull?: { head: string }) =>
    world.checkRuns.find(({ head }) => head === pull?.head)?.status;
  expect([gone, waiting, young].map(statusOf)).toEqual(["completed", "in_progress", "in_progress"]);
});
