import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createInstallations } from "../../../src/adapters/github/installations.ts";
import { openDatabase } from "../../../src/adapters/queue/database.ts";
import { openReviewQueue, type ReviewRequest } from "../../../src/adapters/queue/review-queue.ts";
import { openStore } from "../../../src/adapters/queue/store.ts";
import { startFakeGitHub } from "../../fake-github/for-test.ts";

/** What the server has, without a worker: a database, and clients of the fake GitHub. */
export async function withoutWorker() {
  const github = await startFakeGitHub();
  const { world, appId, privateKey, url: apiUrl } = github;
  const dataDirectory = mkdtempSync(join(tmpdir(), "chokepoint-idle-"));
  onTestFinished(() => rmSync(dataDirectory, { recursive: true, force: true }));
  const database = await openDatabase({ dataDirectory });
  const queue = await openReviewQueue(database, () => undefined);
  onTestFinished(() => queue.stop());
  const store = await openStore(database);
  const installations = () => createInstallations({ appId, privateKey, apiUrl }, 0);
  const place = { installation: world.installation, repository: world.repositoryId };
  const at = { owner: world.owner, repo: world.name };
  const request = (pull: number, head: string): ReviewRequest => ({
    ...place,
    owner: world.owner,
    name: world.name,
    pull,
    head,
  });
  const newClient = () => installations().client(place);
  return { github, world, database, queue, store, installations, newClient, at, request };
}
