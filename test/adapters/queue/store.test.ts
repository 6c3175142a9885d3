import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../src/adapters/queue/database.ts";
import { openReviewQueue, type ReviewQueue } from "../../../src/adapters/queue/review-queue.ts";
import { openStore, type Store } from "../../../src/adapters/queue/store.ts";
import { postgresPrograms, startPostgres } from "./postgres-server.ts";

const HERE = { installation: 7, repository: 11 };
const by = { reason: "on purpose", author: "octocat" };
const REQUEST = { ...HERE, owner: "octo", name: "hub", pull: 3, head: "" };

function behaviour(store: () => Store, database: () => Database): void {
  it("keeps dismissals of findings everywhere, and of rules in their pull request", async () => {
    const dismissals = store().dismissals(HERE);
    await dismissals.dismiss(1, [
      { kind: "finding", key: "f1", rule: "go/a", ...by },
      { kind: "rule", key: "go/b", rule: "go/b", ...by },
    ]);
    await dismissals.dismiss(1, [{ kind: "finding", key: "f1", reason: "again", author: "x" }]);
    expect(await dismissals.list(2)).toEqual([
      { kind: "finding", key: "f1", reason: "again", author: "x" },
    ]);
    expect((await dismissals.list(1)).map(({ key }) => key)).toEqual(["f1", "go/b"]);
    expect(
      await store()
        .dismissals({ ...HERE, repository: 12 })
        .list(1),
    ).toEqual([]);
  });

  it("counts the rules that are dismissed, and takes dismissals back", async () => {
    const dismissals = store().dismissals(HERE);
    await dismissals.dismiss(5, [{ kind: "finding", key: "f2", rule: "go/a", ...by }]);
    expect(await store().dismissedRules(1)).toEqual([{ rule: "go/a", count: 2 }]);
    expect(await dismissals.undo(9, [{ kind: "finding", key: "f2" }])).toBe(1);
    expect(await dismissals.undo(1, "all")).toBe(2);
    expect(await dismissals.list(1)).toEqual([]);
  });

  it("keeps rules of a file and of the repository for all pull requests, until somebody takes them back", async () => {
    const dismissals = store().dismissals({ ...HERE, repository: 31 });
    const further = [
      { kind: "file", key: "go/a x.go" },
      { kind: "repository", key: "go/b" },
    ] as const;
    await dismissals.dismiss(
      1,
      further.map((one) => ({ ...one, ...by })),
    );
    expect(await dismissals.list(2)).toHaveLength(2);
    expect(await dismissals.undo(1, "all")).toBe(0);
    expect(await dismissals.undo(2, [{ kind: "rule", key: "go/b" }])).toBe(0);
    expect(await dismissals.undo(2, further)).toBe(2);
    expect(await dismissals.list(1)).toEqual([]);
  });

  it("knows which pull requests are left alone", async () => {
    const dismissals = store().dismissals(HERE);
    await dismissals.pause(4, true);
    await dismissals.pause(4, true);
    expect([await dismissals.isPaused(4), await dismissals.isPaused(5)]).toEqual([true, false]);
    await dismissals.pause(4, false);
    expect(await dismissals.isPaused(4)).toBe(false);
  });

  it("tells reviews by number, and the commits whose review never ended", async () => {
    const { reviews } = store();
    await reviews.begin(REQUEST, "one");
    expect(await reviews.abandoned(REQUEST, "one")).toEqual([]);
    expect(await reviews.abandoned(REQUEST, "two")).toEqual(["one"]);
    expect(await reviews.abandoned({ ...REQUEST, pull: 4 }, "two")).toEqual([]);
    await reviews.settle(REQUEST);
    const entry = await reviews.begin(REQUEST, "two");
    await reviews.end(entry, { outcome: "reviewed", findings: 2, comments: 1 });
    expect(await reviews.abandoned(REQUEST, "three")).toEqual([]);
    const [newest, older] = await reviews.recent(2);
    expect(newest).toMatchObject({ outcome: "reviewed", findings: 2, comments: 1, pull: 3 });
    expect(newest?.seconds).toBeGreaterThanOrEqual(0);
    expect(older).toMatchObject({ outcome: "cut off", owner: "octo", name: "hub" });
  });

  it("forgets reviews that began more than eight days ago", async () => {
    const { reviews } = store();
    for (const [pull, days] of [
      [51, 7],
      [52, 9],
    ] as const) {
      await reviews.end(await reviews.begin({ ...REQUEST, pull }, "one"), { outcome: "reviewed" });
      await database().query(
        "update chokepoint.review set started = started - $2 * interval '1 day' where pull = $1",
        [pull, days],
      );
    }
    await reviews.forgetOld();
    const left = (await reviews.recent(50)).map(({ pull }) => pull);
    expect([left.includes(51), left.includes(52)]).toEqual([true, false]);
  });

  it("forgets one repository of an installation", async () => {
    const [kept, gone] = [41, 42].map((repository) => ({ installation: 9, repository }));
    for (const place of [kept, gone])
      if (place)
        await store()
          .dismissals(place)
          .dismiss(1, [{ kind: "finding", key: "f4", ...by }]);
    await store().wipe(9, [42]);
    const left = [41, 42].map((repository) =>
      store().dismissals({ installation: 9, repository }).list(1),
    );
    expect((await Promise.all(left)).map(({ length }) => length)).toEqual([1, 0]);
  });

  it("forgets an installation", async () => {
    const elsewhere = { installation: 8, repository: 21 };
    for (const place of [HERE, elsewhere])
      await store()
        .dismissals(place)
        .dismiss(1, [{ kind: "finding", key: "f3", ...by }]);
    await store().wipe(HERE.installation);
    expect(await store().dismissals(HERE).list(1)).toEqual([]);
    expect(await store().reviews.recent(9)).toEqual([]);
    expect(await store().dismissals(elsewhere).list(1)).toHaveLength(1);
  });
}

function opened(place: () => Parameters<typeof openDatabase>[0]): void {
  let queue: ReviewQueue<object>;
  let store: Store;
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(place());
    queue = await openReviewQueue(database, () => undefined);
    // A second start finds the tables there.
    await openStore(database);
    store = await openStore(database);
  }, 60_000);
  afterAll(() => queue.stop());
  behaviour(
    () => store,
    () => database,
  );
}

describe("the store in a data directory", () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), "chokepoint-store-"));
  opened(() => ({ dataDirectory }));
  afterAll(() => rmSync(dataDirectory, { recursive: true }));
});

describe.skipIf(!postgresPrograms)("the store in PostgreSQL", () => {
  let server: ReturnType<typeof startPostgres>;
  beforeAll(() => {
    server = startPostgres();
  });
  opened(() => ({ url: server.url }));
  afterAll(() => server.stop());

  it("is made once by several servers that start together, on a database that has nothing yet", async () => {
    const fresh = startPostgres();
    const queues = await Promise.all(
      [1, 2, 3].map(async () => {
        const database = await openDatabase({ url: fresh.url });
        const queue = await openReviewQueue(database, () => undefined);
        await openStore(database);
        return queue;
      }),
    );
    for (const queue of queues) await queue.stop();
    fresh.stop();
  }, 60_000);
});
