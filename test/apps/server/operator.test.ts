import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import type { LoggedReview } from "../../../src/adapters/queue/review-log.ts";
import type { DeadReview } from "../../../src/adapters/queue/review-queue.ts";
import { createOperator, type OperatorWorld } from "../../../src/apps/server/operator.ts";
import { startApp } from "./app.ts";
import { opened } from "./hub.ts";

const TOKEN = "an operator's token, long enough";
const basic = { authorization: `Basic ${Buffer.from(`anybody:${TOKEN}`).toString("base64")}` };
const HOSTILE = `<script>document.title="x"</script>"'&`;

const counts = (waiting: number) => ({ waiting, active: 1, failed: 0 });
const REVIEW: LoggedReview = {
  owner: "octo",
  name: "hub",
  pull: 3,
  outcome: "reviewed",
  findings: 4,
  comments: 2,
  started: new Date(Date.now() - 120_000),
  seconds: 2.25,
};
const DEAD: DeadReview = {
  id: "d1",
  owner: "octo",
  name: HOSTILE,
  pull: 9,
  at: new Date(),
  why: HOSTILE,
};

/** A server with the operator's page alone, about a world that is made up. */
async function start(dead: readonly DeadReview[] = [DEAD], failed = 0) {
  const redriven: (string | undefined)[] = [];
  const world: OperatorWorld = {
    queue: {
      status: async () => ({
        deliveries: { ...counts(12), failed },
        reviews: counts(3),
        dead: counts(dead.length),
      }),
      dead: async () => dead,
      redrive: async (id) => redriven.push(id),
    },
    store: {
      reviews: {
        recent: async () => [
          REVIEW,
          { ...REVIEW, pull: 4, outcome: undefined, seconds: undefined, started: new Date() },
          { ...REVIEW, pull: 5, outcome: undefined, seconds: undefined, started: new Date(0) },
          { ...REVIEW, owner: HOSTILE, pull: 6, outcome: HOSTILE },
        ],
      } as Partial<OperatorWorld["store"]["reviews"]> as OperatorWorld["store"]["reviews"],
      dismissedRules: async () => [
        { rule: "go/lock-order", count: 7 },
        { rule: HOSTILE, count: 1 },
      ],
    },
    token: TOKEN,
    website: "https://github.example",
  };
  const handler = createOperator(world);
  const server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, redriven };
}

/** Debian's, where it is installed. */
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

describe("the operator's page", () => {
  it("is closed to who has no token", async () => {
    const { url } = await start();
    const wrong = { authorization: `Basic ${Buffer.from("anybody:guess").toString("base64")}` };
    for (const headers of [{}, wrong]) {
      const answer = await fetch(`${url}/operator`, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toContain("Basic");
    }
  });

  it("shows what waits, failed, was reviewed and is dismissed, and runs nothing of it", async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/operator`, { headers: basic });
    const page = await answer.text();
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page).toContain("<b>12</b> deliveries waiting");
    expect(page).toContain('<a href="https://github.example/octo/hub/pull/3" rel="noreferrer">');
    for (const text of ["2.3 s", "running", "cut off", "go/lock-order", "2 min ago"])
      expect(page).toContain(text);
    expect(page).not.toContain("<script");
    expect(page).toContain("&lt;script&gt;");
  });

  it("shows deliveries that were given up, with the button for them, where there are some", async () => {
    const shown = async (failed: number) => {
      const { url } = await start([], failed);
      return (await fetch(`${url}/operator`, { headers: basic })).text();
    };
    expect(await shown(2)).toMatch(/<b>2<\/b> deliveries given up[\s\S]*Try all again/);
    expect(await shown(0)).not.toMatch(/deliveries given up|Try all again/);
  });

  it("puts back one review or all, from its own form alone", async () => {
    const { url, redriven } = await start();
    const page = await (await fetch(`${url}/operator`, { headers: basic })).text();
    const [, key = ""] = /name="key" value="(\w+)"/.exec(page) ?? [];
    const post = (form: Record<string, string>) =>
      fetch(`${url}/operator/redrive`, {
        method: "POST",
        headers: basic,
        body: new URLSearchParams(form),
        redirect: "manual",
      });
    expect((await post({ id: "d1" })).status).toBe(403);
    expect((await post({ id: "d1", key: "0".repeat(key.length) })).status).toBe(403);
    expect(redriven).toEqual([]);
    const done = await post({ id: "d1", key });
    expect([done.status, done.headers.get("location")]).toEqual([303, "/operator"]);
    await post({ id: "", key });
    expect(redriven).toEqual(["d1", undefined]);
    const program = `${url}/operator/queue/redrive`;
    expect((await fetch(program, { method: "POST", headers: basic })).status).toBe(403);
  });

  it("tells of a review that the App has made", async () => {
    const app = await startApp({ environment: { OPERATOR_TOKEN: TOKEN } });
    const pull = opened(app);
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    await app.until(() => app.logged.join("").includes('"reviewed"'));
    const page = await (await fetch(`${app.url()}/operator`, { headers: basic })).text();
    expect(page).toContain("octo/hub#1");
    expect(page).toContain('<span class="state reviewed">reviewed</span>');
  });

  it.skipIf(!chromium)("is read by a browser as it is meant (needs chromium)", async () => {
    const { url } = await start();
    const address = url.replace("//", `//anybody:${encodeURIComponent(TOKEN)}@`);
    const words = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"];
    const { stdout } = await promisify(execFile)(chromium ?? "", [...words, `${address}/operator`]);
    expect(stdout).toContain("<title>Chokepoint</title>");
    expect(stdout).not.toContain("<script");
  });
});
