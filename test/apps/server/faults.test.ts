import { describe, expect, it } from "vitest";
import { startApp } from "./app.ts";
import { faulty, opened, sound, told } from "./hub.ts";

const POST_REVIEW = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";

describe("a review that something goes wrong with", () => {
  it.each([
    "lost",
    "broken",
  ] as const)("is not posted twice when the answer is %s", async (kind) => {
    const app = await startApp();
    const pull = opened(app);
    app.github.faults.push({ operation: POST_REVIEW, kind });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    expect(app.github.world.reviews).toHaveLength(1);
    expect(told(app)).toHaveLength(1);
  });

  it("is not posted twice when we end between the post and its receipt", async () => {
    const app = await startApp({ isOwnProcess: true });
    const pull = opened(app);
    const reached = new Promise<void>((resolve) =>
      app.github.faults.push({ operation: POST_REVIEW, kind: "silent", onReached: resolve }),
    );
    await app.github.tell(pull, "opened");
    await reached;
    await app.killed();
    expect(app.github.world.reviews).toHaveLength(1);
    await app.start();
    await app.checked(pull);
    expect(app.github.world.reviews).toHaveLength(1);
    expect(told(app)).toHaveLength(1);
  });

  it("is handed back when the process is asked to stop in the middle of it, and made by the next one", async () => {
    const app = await startApp({ isOwnProcess: true });
    const pull = opened(app);
    const operation = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
    const reached = new Promise<void>((resolve) =>
      app.github.faults.push({ operation, kind: "silent", onReached: resolve }),
    );
    await app.github.tell(pull, "opened");
    await reached;
    // Rejected unless the process ends by itself, with 0.
    await app.stop();
    expect(app.github.world.reviews).toHaveLength(0);
    expect(app.logged.join("")).toContain('"msg":"stopping"');
    expect(app.logged.join("")).not.toContain("a sweep failed");
    await app.start();
    await app.checked(pull);
    expect(app.github.world.reviews).toHaveLength(1);
    expect(told(app)).toHaveLength(1);
  });

  it("is posted although one that was begun was never ended, which would block it", async () => {
    const app = await startApp();
    const { world } = app.github;
    const pull = opened(app);
    const author = `${world.slug}[bot]`;
    const begun = { id: world.nextId(), pull: pull.number, author, body: "", commit: pull.head };
    world.reviews.push({ ...begun, state: "PENDING" });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    expect(world.reviews.map(({ state }) => state)).toEqual(["COMMENTED"]);
    expect(told(app)).toHaveLength(1);
  });

  it("speaks of the newest head alone", async () => {
    const app = await startApp();
    const { world, faults } = app.github;
    const pull = opened(app);
    const { head: old } = pull;
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    const operation = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
    const reached = new Promise<void>((resolve) =>
      faults.push({ operation, kind: "held", until, onReached: resolve }),
    );
    await app.github.tell(pull, "opened");
    await reached;
    world.push(pull.branch, { "bus.go": faulty("Bus") });
    // Nobody tells of the push: that delivery is lost.
    release();
    await app.checked(pull);
    expect(world.reviews.map(({ commit }) => commit)).toEqual([pull.head]);
    expect(world.checkRuns.map(({ head, conclusion }) => [head, conclusion])).toEqual([
      [old, "neutral"],
      [pull.head, "neutral"],
    ]);
  });

  it("waits as long as GitHub asks, and no worker with it", async () => {
    const app = await startApp();
    const pull = opened(app);
    app.github.faults.push({
      operation: POST_REVIEW,
      kind: "refused",
      status: 403,
      headers: { "retry-after": "1" },
    });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    expect(told(app)).toHaveLength(1);
    expect(app.logged.join("")).toContain("GitHub asks to wait");
  });

  it("is posted once, however often GitHub finds that we write too fast", async () => {
    const app = await startApp();
    const { world } = app.github;
    world.secondaryLimit = { writes: 2, seconds: 2 };
    const pull = opened(app, { "hub.go": faulty("Hub"), "bus.go": faulty("Bus") });
    await app.github.tell(pull, "opened");
    await app.checked(pull);
    world.push(pull.branch, { "hub.go": sound("Hub"), "van.go": faulty("Van") });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(world.comments.map(({ path }) => path).sort()).toEqual(["bus.go", "van.go"]);
    expect(world.reviews).toHaveLength(2);
    expect(world.checkRuns).toHaveLength(2);
    expect(app.logged.join("")).toContain("GitHub asks to wait");
  });

  it("says which permission was taken away, whenever that was", async () => {
    const app = await startApp();
    const { world, faults, deliveries } = app.github;
    const all = { ...world.permissions };
    const pull = opened(app);
    const titled = async () => {
      const { output } = await app.checked(pull);
      return `${output.title}: ${output.summary}`;
    };
    // In the middle of a review, once it has read what was said before, or the change.
    for (const [operation, taken, level] of [
      ["GET /repos/{owner}/{repo}/pulls/{pull_number}/comments", "pull_requests", "write"],
      ["GET /repos/{owner}/{repo}/compare/{basehead}", "contents", "read"],
    ] as const) {
      const take = () => {
        if (level === "read") delete world.permissions[taken];
        else world.permissions[taken] = "read";
      };
      faults.push({ operation, kind: "held", onReached: take });
      await app.github.tell(pull, "opened");
      expect(await titled()).toContain(
        `permission is missing: the permission \`${taken}: ${level}\``,
      );
      Object.assign(world.permissions, all);
      world.checkRuns.length = 0;
    }
    // Before a token was made, so that GitHub makes none with it; and so far that the pull request cannot be read.
    const installation = { id: world.installation };
    for (const left of ["read", undefined] as const) {
      delete world.permissions["pull_requests"];
      if (left) world.permissions["pull_requests"] = left;
      await deliveries.send("installation", { action: "new_permissions_accepted", installation });
      world.push(pull.branch, { [`more${left}.go`]: "package hub\n" });
      await app.github.tell(pull, "synchronize");
      expect(await titled()).toContain(
        "permission is missing: the permission `pull_requests: write`",
      );
    }
    expect(world.minted.at(-1)?.permissions).toEqual({
      checks: "write",
      contents: "read",
      metadata: "read",
    });
    expect(world.reviews).toEqual([]);
    Object.assign(world.permissions, all);
    await deliveries.send("installation", { action: "new_permissions_accepted", installation });
    await app.github.tell(pull, "reopened");
    await app.until(() => told(app).length === 1);
  });

  it("is posted, without a check, where the permission for that was taken away in the middle", async () => {
    const app = await startApp();
    const { world, faults } = app.github;
    const pull = opened(app);
    faults.push({
      operation: "GET /repos/{owner}/{repo}/compare/{basehead}",
      kind: "held",
      onReached: () => {
        delete world.permissions["checks"];
      },
    });
    await app.github.tell(pull, "opened");
    await app.until(() => app.logged.some((line) => line.includes('"outcome":"reviewed"')));
    expect(world.reviews).toHaveLength(1);
    expect(told(app)).toHaveLength(1);
  });
});
