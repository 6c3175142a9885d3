import { expect, it, vi } from "vitest";
import { checkId, startCheck } from "../../../src/adapters/github/check.ts";
import { createTaskHandlers } from "../../../src/apps/server/handle-tasks.ts";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { readTask, type Task } from "../../../src/apps/server/read-task.ts";
import { opened } from "./hub.ts";
import { unboxed } from "./unboxed.ts";
import { withoutWorker } from "./without-worker.ts";

vi.setConfig({ testTimeout: 200_000 });

it("looks again at what a commit was checked for when somebody wants all checks again: also at a fork, which GitHub does not name", async () => {
  const { github, world, queue, store, database, installations, newClient, at } =
    await withoutWorker();
  const fork = opened({ github }, undefined, { isFork: true, author: "stranger" });
  const client = await newClient();
  for (const id of [checkId(fork.number), "of another kind"])
    await startCheck(client, at, fork.head, id);
  const tasks = createTaskHandlers({
    queue,
    store,
    installations: installations(),
    analyst: unboxed,
    rules: [],
    pages: () => undefined,
    log: createLogger({ write: () => undefined }),
  });
  const payload = {
    action: "rerequested",
    check_suite: { head_sha: fork.head, pull_requests: [] },
    ...github.place(),
  };
  await tasks.delivery(readTask("check_suite", payload) as Task);
  const asked = await database.query("select data from pgboss.job where name = 'reviews'");
  expect(asked.map(({ data }) => data)).toEqual([
    {
      installation: world.installation,
      repository: world.repositoryId,
      owner: world.owner,
      name: world.name,
      pull: fork.number,
      head: fork.head,
    },
  ]);
});
