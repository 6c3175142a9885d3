import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PgBoss } from "pg-boss";
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
  async function openBoth() {
    const database = await openDatabase(place());
    const queue = await openReviewQueue<Task>(database, (error) => {
      throw error;
    });
    onTestFinished(() => queue.stop());
    return { database, queue };
  }
  async function open(): Promise<ReviewQueue<Task>> {
    return (await openBoth()).queue;
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

  it("keeps of why something failed its words alone, and no more than some of them", async () => {
    const { database, queue } = await openBoth();
    const request = { body: "h.mu stays locked", headers: { authorization: "a token" } };
    const failing = () =>
      Promise.reject(Object.assign(new Error(`away ${"!".repeat(1_000)}`), { request }));
    const id = "cb4c6d52-1111-4222-8333-944444444444";
    await queue.request({ ...REVIEW, pull: 121 });
    await queue.accept(id, { pull: 122 });
    await queue.work({ delivery: failing, review: failing });
    const outputs = async () => {
      const rows = await database.query(
        "select output from pgboss.job where (singleton_key = '11#121' or id = $1) and output is not null",
        [id],
      );
      return rows.map(({ output }) => JSON.stringify(output));
    };
    await expect.poll(async () => (await outputs()).length, { timeout: 20_000 }).toBe(2);
    for (const output of await outputs()) {
      expect(output).toMatch(/Error: away !/);
      expect(output).not.toMatch(/h\.mu|token|!{301}/);
    }
  });

  it("does again what was given up, when somebody has it delivered again", async () => {
    const { database, queue } = await openBoth();
    const id = "7b4c6d52-1111-4222-8333-944444444444";
    await queue.accept(id, { pull: 61 });
    await database.query("update pgboss.job set state = 'failed' where id = $1", [id]);
    expect(await queue.accept(id, { pull: 61 })).toBe(true);
    expect(await queue.accept(id, { pull: 61 })).toBe(false);
    const deliveries = collector<number>(1);
    await queue.work({
      delivery: async ({ pull }) => (pull === 61 ? deliveries.take(pull) : undefined),
      review: nobody,
    });
    expect(await deliveries.all).toEqual([61]);
  });

  it("knows a delivery for a week, and forgets it after eight days", async () => {
    const { database, queue } = await openBoth();
    const id = "8b4c6d52-1111-4222-8333-944444444444";
    await queue.accept(id, { pull: 65 });
    await queue.work({ delivery: nobody, review: nobody });
    const done = async () => (await queue.status()).deliveries;
    await expect.poll(done, { timeout: 10_000 }).toMatchObject({ waiting: 0, active: 0 });
    const boss = new PgBoss({ ...database.bossOptions, supervise: false });
    await boss.start();
    const known: boolean[] = [];
    for (const days of [7, 2]) {
      for (const column of ["created_on", "completed_on"])
        await database.query(
          `update pgboss.job set ${column} = ${column} - $2 * interval '1 day' where id = $1`,
          [id, days],
        );
      await database.query("update pgboss.queue set maintain_on = null");
      await boss.supervise();
      known.push(!(await queue.accept(id, { pull: 65 })));
    }
    await boss.stop({ close: !database.isEmbedded });
    expect(known).toEqual([true, false]);
  });

  it("lets no installation wait for another one's many pull requests", async () => {
    const queue = await open();
    const installation = 77;
    for (const pull of [71, 72, 73, 74, 75]) await queue.request({ ...REVIEW, installation, pull });
    await queue.request({ ...REVIEW, installation: 78, pull: 76 });
    const started: number[] = [];
    const finished = collector<number>(6);
    await queue.work(
      {
        delivery: nobody,
        async review({ pull }) {
          if (pull <= 70) return;
          started.push(pull);
          await new Promise((resolve) => setTimeout(resolve, 500));
          await finished.take(pull);
        },
      },
      { concurrency: 4 },
    );
    await finished.all;
    // It was asked for last.
    expect(started.indexOf(76)).toBeLessThan(5);
  });

  it("tries again by itself what was given up, once it has rested, unless another one was reviewed", async () => {
    const { database, queue } = await openBoth();
    const pulls = [91, 92];
    for (const pull of pulls) await queue.request({ ...REVIEW, pull });
    const keys = pulls.map((pull) => `11#${pull}`);
    await database.query(
      "update pgboss.job set retry_count = retry_limit where singleton_key = any($1)",
      [keys],
    );
    const again = collector<number>(1);
    const tries = new Map<number, number>();
    await queue.work({
      delivery: nobody,
      async review({ pull }) {
        if (!pulls.includes(pull)) return;
        tries.set(pull, (tries.get(pull) ?? 0) + 1);
        if (tries.get(pull) === 1) throw new Error("GitHub is away");
        if (pull === 91) await again.take(pull);
      },
    });
    const dead = async () => (await queue.dead(9)).map(({ pull }) => pull).sort();
    await expect.poll(dead, { timeout: 10_000 }).toEqual(pulls);
    expect(await queue.revive()).toBe(0);
    await queue.request({ ...REVIEW, pull: 92 });
    await expect.poll(() => tries.get(92), { timeout: 10_000 }).toBe(2);
    await expect
      .poll(async () => (await queue.status()).reviews.active, { timeout: 10_000 })
      .toBe(0);
    await database.query(
      "update pgboss.job set created_on = created_on - interval '61 minutes' where name = 'reviews-dead'",
    );
    expect(await queue.revive()).toBe(1);
    expect(await again.all).toEqual([91]);
    expect(await dead()).toEqual([]);
    expect(tries).toEqual(new Map([91, 92].map((pull) => [pull, 2])));
  });

  it("does again what was given up when an operator asks: one review, or all of them and the deliveries", async () => {
    const { database, queue } = await openBoth();
    const pulls = [111, 112, 113];
    for (const pull of pulls) await queue.request({ ...REVIEW, pull });
    const id = "9b4c6d52-1111-4222-8333-944444444444";
    await queue.accept(id, { pull: 114 });
    await database.query(
      "update pgboss.job set retry_count = retry_limit where singleton_key = any($1) or id = $2",
      [pulls.map((pull) => `11#${pull}`), id],
    );
    const tries = new Map<number, number>();
    const isFirst = (pull: number) => {
      tries.set(pull, (tries.get(pull) ?? 0) + 1);
      return tries.get(pull) === 1;
    };
    const attempt = async ({ pull }: { readonly pull: number }) => {
      if (pull > 110 && isFirst(pull)) throw new Error("GitHub is away");
    };
    await queue.work({ delivery: attempt, review: attempt });
    const failed = async () => [
      (await queue.dead(9)).map(({ pull, why }) => `${pull} ${why}`).sort(),
      (await queue.status()).deliveries.failed,
    ];
    const why = "Error: GitHub is away";
    await expect
      .poll(failed, { timeout: 20_000 })
      .toEqual([[`111 ${why}`, `112 ${why}`, `113 ${why}`], 1]);
    const one = (await queue.dead(9)).find(({ pull }) => pull === 112);
    expect(await queue.redrive(one?.id)).toBe(1);
    await expect.poll(() => tries.get(112), { timeout: 20_000 }).toBe(2);
    expect(await queue.redrive()).toBe(3);
    const all = new Map([...pulls, 114].map((pull) => [pull, 2]));
    await expect.poll(() => tries, { timeout: 20_000 }).toEqual(all);
    await expect.poll(failed, { timeout: 20_000 }).toEqual([[], 0]);
    expect(await queue.redrive()).toBe(0);
  });

  it("hands back what is not finished when it has to stop", async () => {
    const first = await openReviewQueue<Task>(await openDatabase(place()), () => undefined);
    await first.request({ ...REVIEW, pull: 81 });
    const begun = gate();
    const never = new Promise<void>(() => undefined);
    await first.work({
      delivery: nobody,
      async review({ pull }) {
        if (pull === 81) begun.open();
        return pull === 81 ? never : undefined;
      },
    });
    await begun.passed;
    await first.stop(500);
    const again = collector<number>(1);
    const second = await open();
    await second.work({
      delivery: nobody,
      review: async ({ pull }) => (pull === 81 ? again.take(pull) : undefined),
    });
    expect(await again.all).toEqual([81]);
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

  it("is shared by several processes: each job is one's alone, and each pull request reviewed by one at a time", async () => {
    const opened = await Promise.all(
      [1, 2, 3].map(async () => {
        const queue = await openReviewQueue<Task>(
          await openDatabase({ url: server.url }),
          () => undefined,
        );
        onTestFinished(() => queue.stop());
        return queue;
      }),
    );
    const [first] = opened;
    if (!first) throw new Error("no queue");
    const deliveries = collector<number>(30);
    const reviews = collector<number>(6);
    const running = new Set<number>();
    const pulls = [101, 102, 103, 104, 105, 106];
    for (let pull = 201; pull <= 230; pull++) await first.accept(`shared ${pull}`, { pull });
    for (const pull of pulls)
      await first.request({ ...REVIEW, installation: pull, pull, head: "one" });
    for (const queue of opened)
      await queue.work({
        delivery: async ({ pull }) => (pull > 200 ? deliveries.take(pull) : undefined),
        async review({ pull }) {
          if (pull <= 100) return;
          expect(running.has(pull)).toBe(false);
          running.add(pull);
          await new Promise((resolve) => setTimeout(resolve, 100));
          running.delete(pull);
          await reviews.take(pull);
        },
      });
    expect(new Set(await deliveries.all).size).toBe(30);
    expect([...(await reviews.all)].sort()).toEqual(pulls);
    expect([deliveries.seen.length, reviews.seen.length]).toEqual([30, 6]);
  });

  it("runs two reviews of an installation at a time, however many processes look for one at the same moment", async () => {
    const queues = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const database = await openDatabase({ url: server.url });
        const queue = await openReviewQueue<Task>(database, () => undefined);
        onTestFinished(() => queue.stop());
        return queue;
      }),
    );
    const installation = 301;
    const pulls = Array.from({ length: 24 }, (_, at) => 301 + at);
    await Promise.all(
      pulls.map((pull, at) => queues[at % 6]?.request({ ...REVIEW, installation, pull })),
    );
    const reviews = collector<number>(pulls.length);
    let running = 0;
    let most = 0;
    for (const queue of queues)
      await queue.work(
        {
          delivery: async () => undefined,
          async review({ pull }) {
            if (pull <= 300) return;
            most = Math.max(most, ++running);
            await new Promise((resolve) => setTimeout(resolve, 20));
            running--;
            await reviews.take(pull);
          },
        },
        { concurrency: 4 },
      );
    expect([...(await reviews.all)].sort()).toEqual(pulls);
    expect(most).toBe(2);
  });
});
