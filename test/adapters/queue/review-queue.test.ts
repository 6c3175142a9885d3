import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type DatabasePlace, openDatabase } from "../../../src/adapters/queue/database.ts";
import {
  openReviewQueue,
  type ReviewQueue,
  type ReviewRequest,
} from "../../../src/adapters/queue/review-queue.ts";
import { postgresPrograms, startPostgres } from "./postgres-server.ts";

interface Task {
  readonly pull: number;
}

const REVIEW: ReviewRequest = {
  installation: 7,
  repository: 11,
  owner: "octo",
  name: "hub",
  pull: 3,
  head: "a".repeat(40),
};

/** Resolves when `count` calls have come, with their values. */
function collector<T>(count: number) {
  const seen: T[] = [];
  let done: (values: T[]) => void = () => undefined;
  const all = new Promise<T[]>((resolve) => {
    done = resolve;
  });
  return {
    all,
    seen,
    async take(value: T): Promise<void> {
      seen.push(value);
      if (seen.length === count) done(seen);
    },
  };
}

/** A promise and what settles it. */
function gate(): { readonly passed: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

function behaviour(place: () => DatabasePlace): void {
  async function open(): Promise<ReviewQueue<Task>> {
    const queue = await openReviewQueue<Task>(await openDatabase(place()), (error) => {
      throw error;
    });
    onTestFinished(() => queue.stop());
    return queue;
  }
  const nobody = async () => undefined;

  it("keeps a delivery once, whoever sends it how often", async () => {
    const queue = await open();
    const id = "0b4c6d52-1111-4222-8333-944444444444";
    const deliveries = collector<Task>(2);
    expect(await queue.accept(id, { pull: 1 })).toBe(true);
    expect(await queue.accept(id.toUpperCase(), { pull: 1 })).toBe(false);
    expect(await queue.accept("no uuid at all", { pull: 2 })).toBe(true);
    expect(await queue.accept("no uuid at all", { pull: 2 })).toBe(false);
    await queue.work({ delivery: deliveries.take, review: nobody });
    expect((await deliveries.all).map(({ pull }) => pull).sort()).toEqual([1, 2]);
    expect(await queue.accept(id, { pull: 1 })).toBe(false);
  });

  it("reviews the newest head of a pull request, one at a time", async () => {
    const queue = await open();
    const started = collector<string>(2);
    const first = gate();
    let running = 0;
    let most = 0;
    await queue.request({ ...REVIEW, head: "first" });
    await queue.work({
      delivery: nobody,
      async review({ head }) {
        running++;
        most = Math.max(most, running);
        const isFirst = started.seen.length === 0;
        await started.take(head);
        if (isFirst) {
          await queue.request({ ...REVIEW, head: "second" });
          await queue.request({ ...REVIEW, head: "third" });
          first.open();
        }
        running--;
      },
    });
    await first.passed;
    expect(await started.all).toEqual(["first", "third"]);
    expect(most).toBe(1);
  });

  it("works on pull requests side by side", async () => {
    const queue = await open();
    const both = gate();
    const started: number[] = [];
    for (const pull of [21, 22]) await queue.request({ ...REVIEW, pull });
    const finished = collector<number>(2);
    await queue.work({
      delivery: nobody,
      async review({ pull }) {
        started.push(pull);
        if (started.length === 2) both.open();
        await both.passed;
        await finished.take(pull);
      },
    });
    expect((await finished.all).sort()).toEqual([21, 22]);
  });

  it("tries again what has failed", async () => {
    const queue = await open();
    const succeeded = collector<number>(1);
    let tries = 0;
    await queue.request({ ...REVIEW, pull: 31 });
    await queue.work({
      delivery: nobody,
      async review() {
        tries++;
        if (tries === 1) throw new Error("GitHub is away");
        await succeeded.take(tries);
      },
    });
    expect(await succeeded.all).toEqual([2]);
  });

  it("says what waits", async () => {
    const queue = await open();
    const before = await queue.status();
    await queue.accept("5b4c6d52-1111-4222-8333-944444444444", { pull: 9 });
    await queue.request({ ...REVIEW, pull: 41 });
    await queue.request({ ...REVIEW, pull: 41 });
    const after = await queue.status();
    expect(after.deliveries.waiting - before.deliveries.waiting).toBe(1);
    expect(after.reviews.waiting - before.reviews.waiting).toBe(1);
    expect(await queue.redrive()).toBe(0);
  });

  it("counts what somebody commands", async () => {
    const queue = await open();
    const command = { pull: 1, kind: "command", author: "ada" };
    for (const id of ["6b4c6d52-1111-4222-8333-944444444444", "another"])
      await queue.accept(id, command);
    await queue.accept("a review", { pull: 1, kind: "review", author: "ada" } as Task);
    expect([await queue.commandsOf("ada"), await queue.commandsOf("bob")]).toEqual([2, 0]);
  });

  it("goes on after a restart with what was accepted before", async () => {
    const first = await openReviewQueue<Task>(await openDatabase(place()), () => undefined);
    await first.request({ ...REVIEW, pull: 51 });
    await first.stop();
    const reviewed = collector<number>(1);
    const second = await open();
    await second.work({
      delivery: nobody,
      async review({ pull }) {
        if (pull === 51) await reviewed.take(pull);
      },
    });
    expect(await reviewed.all).toEqual([51]);
  });
}

describe("the queue in a data directory", () => {
  let directory = "";
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "chokepoint-data-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));
  behaviour(() => ({ dataDirectory: directory }));
});

describe.skipIf(!postgresPrograms)("the queue in PostgreSQL", () => {
  let server: ReturnType<typeof startPostgres>;
  beforeAll(() => {
    server = startPostgres();
  });
  afterAll(() => server.stop());
  behaviour(() => ({ url: server.url }));
});
