import { describe, expect, it, vi } from "vitest";
import { checkId, closeCheck, queueCheck, startCheck } from "../../../src/adapters/github/check.ts";
import { createReviewLog } from "../../../src/adapters/queue/review-log.ts";
import { loggedReview } from "../../../src/apps/server/logged-review.ts";
import { plainReport } from "../../../src/review/check-report.ts";
import type { CodeHost } from "../../../src/review/ports.ts";
import { opened } from "./hub.ts";
import { withoutWorker } from "./without-worker.ts";

vi.setConfig({ testTimeout: 120_000 });

const CLOSED = "the pull request is closed";

/** What a process may do before it is killed: nothing that it waits for comes any more. */
function lifeOf(steps: number) {
  let left = steps;
  let die: () => void = () => undefined;
  const death = new Promise<"killed">((resolve) => {
    die = () => resolve("killed");
  });
  const never = new Promise<never>(() => undefined);
  return {
    death,
    async step<T>(deed: () => Promise<T>): Promise<T> {
      if (left === 0) die();
      return left-- > 0 ? deed() : never;
    },
  };
}

/** Reviews without an analysis, by processes that live for so many statements and requests. */
async function prepared() {
  const { github, world, database, store, newClient, at, request } = await withoutWorker();

  async function attempt(pull: number, steps: number): Promise<string> {
    const { step, death } = lifeOf(steps);
    const client = await newClient();
    client.hook.wrap("request", (send, options) => step(async () => send(options)));
    const log = createReviewLog({
      query: (text, values) => step(() => database.query(text, values)),
    });
    const { head, state } = world.pulls[pull - 1] ?? { head: "", state: "closed" };
    const host = {
      startCheck: (commit: string) => startCheck(client, at, commit, checkId(pull)),
    } as CodeHost;
    const ended = loggedReview(log, request(pull, head), host, {
      closeCheck: (commit, why) =>
        closeCheck(client, at, commit, checkId(pull), why ? plainReport(why, why) : undefined),
      async review(watched) {
        if (state === "closed") return { kind: "closed", why: CLOSED };
        const check = await watched.startCheck(head);
        await check?.finish("success", plainReport("Nothing found", "Nothing found."));
        return { kind: "failed", why: "there is no analysis" };
      },
    });
    return Promise.race([ended.then(() => "ended"), death]);
  }

  /** A pull request whose first commit is announced. */
  async function announced() {
    const pull = opened({ github });
    const { number, head } = pull;
    const entry = await store.reviews.announce(request(number, head));
    await queueCheck(await newClient(), at, head, checkId(number));
    await store.reviews.announced(entry);
    return pull;
  }

  const open = () => world.checkRuns.filter(({ status }) => status !== "completed");
  return { world, attempt, announced, open };
}

describe("a review that is killed after any of its steps", () => {
  it.each([
    "pushed to",
    "closed",
  ])("leaves no check open once the pull request was %s", async (what) => {
    const { world, attempt, announced, open } = await prepared();
    for (let steps = 0; ; steps++) {
      const pull = await announced();
      const first = await attempt(pull.number, steps);
      if (what === "closed") pull.state = "closed";
      else world.push(pull.branch, { [`more${steps}.go`]: "package hub\n" });
      expect(await attempt(pull.number, 1000)).toBe("ended");
      expect(open(), `killed after ${steps} steps`).toEqual([]);
      if (first === "ended") return expect(steps).toBeGreaterThan(6);
    }
  });
});
