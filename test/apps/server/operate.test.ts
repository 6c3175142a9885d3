import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { lockDataDirectory } from "../../../src/adapters/queue/data-directory-lock.ts";
import { openDatabase } from "../../../src/adapters/queue/database.ts";
import { openReviewQueue } from "../../../src/adapters/queue/review-queue.ts";
import { chokepoint } from "../cli/in-process.ts";
import { newDirectory, startApp } from "./app.ts";
import { opened, told } from "./hub.ts";

const TOKEN = "an operator's token, long enough";

/** What is to be tried again in a data directory has no tries left. */
async function giveUp(directory: string): Promise<void> {
  const database = await openDatabase({ dataDirectory: join(directory, "chokepoint-data") });
  const queue = await openReviewQueue(database, () => undefined);
  await database.query(
    "update pgboss.job set retry_limit = 0, retry_count = 0, start_after = now() where name = 'reviews'",
  );
  await queue.work({
    delivery: async () => undefined,
    review: () => Promise.reject(new Error("GitHub was away")),
  });
  await vi.waitUntil(async () => (await queue.dead(9)).length > 0, { timeout: 30_000 });
  await queue.stop();
}

describe("who runs the App", () => {
  it("loses no delivery to an outage: GitHub is asked to send it again", async () => {
    const app = await startApp();
    const pull = opened(app);
    await app.stop();
    expect(await app.github.tell(pull, "opened")).toBe(0);
    await app.start();
    await app.checked(pull);
    expect(told(app)).toHaveLength(1);
    const { log } = app.github.deliveries;
    expect(log[0]).toMatchObject({ status: 0, isRedelivery: false });
    expect(log.at(-1)).toMatchObject({ status: 200, isRedelivery: true });
  });

  it("sees the queue from the command line, of a server that runs and of one that does not", async () => {
    const directory = await newDirectory();
    const { code, out } = await chokepoint(directory, ["queue", "status"]);
    expect([code, out]).toEqual([0, expect.stringContaining("reviews      0 waiting")]);
    const app = await startApp({ environment: { OPERATOR_TOKEN: TOKEN } });
    const { port } = new URL(app.url());
    writeFileSync(join(app.directory, ".env"), `PORT=${port}\nOPERATOR_TOKEN=${TOKEN}\n`);
    const redriven = await chokepoint(app.directory, ["queue", "redrive"]);
    expect([redriven.code, redriven.out]).toEqual([0, "0 put back into the queue\n"]);
    const closed = await fetch(`${app.url()}/operator/queue`);
    expect(closed.status).toBe(401);
  });

  it("says where to look, where the queue is not to be had", async () => {
    const nowhere = mkdtempSync(join(tmpdir(), "chokepoint-nowhere-"));
    onTestFinished(() => rmSync(nowhere, { recursive: true }));
    const asked = () => chokepoint(nowhere, ["queue", "status"]);
    expect(await asked()).toMatchObject({
      code: 2,
      said: expect.stringContaining("go to the folder that it is started in"),
    });
    expect(existsSync(join(nowhere, "chokepoint-data"))).toBe(false);
    const directory = await newDirectory();
    const lock = lockDataDirectory(join(directory, "chokepoint-data"));
    onTestFinished(() => lock.release());
    writeFileSync(join(directory, ".env"), `PORT=1\nOPERATOR_TOKEN=${TOKEN}\n`);
    expect(await chokepoint(directory, ["queue", "status"])).toMatchObject({
      code: 2,
      said: expect.stringContaining("does not answer at 127.0.0.1:1: set HOST and PORT"),
    });
  });

  it("has a review that was given up made, from the command line, and from the page", async () => {
    const app = await startApp({ environment: { OPERATOR_TOKEN: TOKEN } });
    const { faults, world } = app.github;
    const pulls = [opened(app), opened(app)];
    const authorization = `Basic ${btoa(`x:${TOKEN}`)}`;
    const page = async () =>
      (await fetch(`${app.url()}/operator`, { headers: { authorization } })).text();
    for (const pull of pulls) {
      faults.push({
        operation: "GET /repos/{owner}/{repo}/compare/{basehead}",
        kind: "refused",
        status: 404,
      });
      await app.github.tell(pull, "opened");
      await app.until(() => app.logged.some((line) => line.includes("a review failed")));
      await app.stop();
      await giveUp(app.directory);
      app.logged.length = 0;
      if (pull === pulls[0]) {
        const { code, out } = await chokepoint(app.directory, ["queue", "redrive"]);
        expect([code, out]).toEqual([0, "1 put back into the queue\n"]);
        await app.start();
      } else {
        await app.start();
        const [, key = "", id = ""] =
          /name="key" value="(\w+)"><input type="hidden" name="id" value="([\w-]+)"/.exec(
            await page(),
          ) ?? [];
        const body = new URLSearchParams({ key, id });
        await fetch(`${app.url()}/operator/redrive`, {
          method: "POST",
          headers: { authorization },
          body,
        });
      }
      await app.checked(pull);
    }
    expect(world.reviews).toHaveLength(2);
    await app.until(() => told(app).length === 2);
    expect(await page()).not.toContain("<h2>Given up</h2>");
  });
});
