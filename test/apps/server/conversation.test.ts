import { describe, expect, it } from "vitest";
import type { Comment, Pull } from "../../fake-github/world.ts";
import { type RunningApp, startApp } from "./app.ts";
import { faulty, opened, told } from "./hub.ts";

/** Somebody writes below the diff, or answers a comment in it; resolves when we have given our last receipt. */
async function say(
  app: RunningApp,
  pull: Pull,
  body: string,
  { author = "octocat", to }: { author?: string; to?: Comment } = {},
) {
  const { world, deliveries, place } = app.github;
  const id = world.nextId();
  const comment = { id, body, user: { login: author, type: "User" } };
  if (to) {
    world.comments.push({ ...to, id, author, body, inReplyTo: to.id });
    await deliveries.send("pull_request_review_comment", {
      action: "created",
      pull_request: { number: pull.number },
      comment: { ...comment, in_reply_to_id: to.id },
      ...place(),
    });
  } else {
    world.issueComments.push({ id, pull: pull.number, author, body });
    await deliveries.send("issue_comment", {
      action: "created",
      issue: { number: pull.number, pull_request: {} },
      comment,
      ...place(),
    });
  }
  const receipts = () =>
    world.reactions.filter((one) => one.comment === id).map((one) => one.content);
  await app.until(() => receipts().some((one) => one !== "eyes"));
  return receipts();
}

const reviews = ({ logged }: RunningApp) =>
  logged.filter((line) => line.includes('"reviewed"')).length;

async function reviewed() {
  const app = await startApp();
  const pull = opened(app);
  await app.github.tell(pull, "opened");
  await app.checked(pull);
  const [comment] = app.github.world.comments;
  if (!comment) throw new Error("no comment");
  return { app, pull, comment, world: app.github.world };
}

describe("a conversation with the App", () => {
  it("makes it forget a finding for good, visibly, until that is taken back", async () => {
    const { app, pull, comment, world } = await reviewed();
    const receipts = await say(app, pull, "chokepoint ignore @team knows #1", { to: comment });
    expect(receipts).toEqual(["eyes", "+1"]);
    await app.until(() => comment.isMinimized);
    expect(comment.body).toContain("**Dismissed by `octocat`: @\u200bteam knows #\u200b1**");
    // Rebased, moved to another file, and pushed: it stays quiet.
    world.push(pull.branch, { "hub.go": null, "moved.go": `${faulty("Hub")}\n` });
    await app.github.tell(pull, "synchronize");
    expect((await app.checked(pull)).conclusion).toBe("success");
    expect(told(app)).toEqual([]);
    expect(await say(app, pull, "chokepoint unignore", { to: comment })).toEqual(["eyes", "+1"]);
    await app.until(() => told(app).length === 1);
  });

  it("answers who may write or has opened the pull request, and nobody else", async () => {
    const { app, pull, comment, world } = await reviewed();
    const stranger = { author: "stranger" };
    expect(await say(app, pull, "chokepoint ignore", { ...stranger, to: comment })).toEqual(["-1"]);
    expect(await say(app, pull, "chokepoint help", stranger)).toEqual(["-1"]);
    expect(world.issueComments.map(({ author }) => author)).toEqual(["stranger"]);
    expect(await say(app, pull, "chokepoint dance")).toEqual(["eyes", "confused"]);
    expect(await say(app, pull, "chokepoint explain go/forgotten")).toEqual(["eyes", "+1"]);
    expect(world.issueComments.at(-1)).toMatchObject({ author: `${world.slug}[bot]` });
    expect(told(app)).toHaveLength(1);
  });

  it("lets who may write dismiss a rule for the whole repository, and says so in each review", async () => {
    const { app, pull, comment, world } = await reviewed();
    const words = "chokepoint ignore --everywhere we know";
    pull.author = "stranger";
    const stranger = { author: "stranger", to: comment };
    expect(await say(app, pull, words, stranger)).toEqual(["-1"]);
    expect(await say(app, pull, words, { to: comment })).toEqual(["eyes", "+1"]);
    const other = opened(app, { "bus.go": faulty("Bus") });
    await app.github.tell(other, "opened");
    const { conclusion, output } = await app.checked(other);
    expect(conclusion).toBe("success");
    expect(output.summary).toMatch(/Dismissed before.*\n\n- `bus\.go:13` .*by `octocat`: we know/);
    expect(await say(app, pull, "chokepoint unignore", { author: "stranger" })).toEqual([
      "eyes",
      "+1",
    ]);
    const taken = "chokepoint unignore go/missing-unlock --everywhere";
    expect(await say(app, pull, taken, { author: "stranger" })).toEqual(["-1"]);
    expect(await say(app, other, taken)).toEqual(["eyes", "+1"]);
    await app.until(() => world.visible().some(({ path }) => path === "bus.go"));
  });

  it("shows the configuration that holds, and what is wrong with it", async () => {
    const { app, pull, world } = await reviewed();
    world.push("main", { ".chokepoint.yml": "review: { max-comments: 3 }\n" });
    expect(await say(app, pull, "chokepoint config")).toEqual(["eyes", "+1"]);
    expect(world.issueComments.at(-1)?.body).toContain("max-comments: 3");
    world.push("main", { ".chokepoint.yml": "review: { max-comment: 3 }\n" });
    await say(app, pull, "chokepoint config");
    expect(world.issueComments.at(-1)?.body).toContain("did you mean");
  });

  it("does not let one person keep it busy", async () => {
    const { app, pull, world } = await reviewed();
    const { deliveries, place } = app.github;
    const flood = Array.from({ length: 61 }, () => {
      const id = world.nextId();
      const comment = { id, body: "chokepoint help", user: { login: "octocat", type: "User" } };
      world.issueComments.push({ id, pull: pull.number, author: "octocat", body: comment.body });
      const issue = { number: pull.number, pull_request: {} };
      return deliveries.send("issue_comment", { action: "created", issue, comment, ...place() });
    });
    await Promise.all(flood);
    await app.until(() => app.logged.some((line) => line.includes("too many commands")));
    expect(world.reactions.length).toBeLessThan(2 * flood.length);
  });

  it("leaves a pull request alone while it is paused", async () => {
    const { app, pull, world } = await reviewed();
    await say(app, pull, "chokepoint pause");
    const before = reviews(app);
    world.push(pull.branch, { "bus.go": faulty("Bus") });
    await app.github.tell(pull, "synchronize");
    await app.until(() => reviews(app) > before);
    expect(told(app)).toHaveLength(1);
    await say(app, pull, "chokepoint resume");
    await app.checked(pull);
    expect(told(app)).toHaveLength(2);
  });

  it("has a button, also for forks, and answers a merge queue", async () => {
    const { app, pull, comment, world } = await reviewed();
    const { deliveries, place } = app.github;
    const run = world.checkRuns[0];
    expect(run?.actions).toEqual([expect.objectContaining({ identifier: "ignore" })]);
    await deliveries.send("check_run", {
      action: "requested_action",
      requested_action: { identifier: "ignore" },
      check_run: { external_id: run?.externalId, head_sha: pull.head, pull_requests: [] },
      sender: { login: "octocat" },
      ...place(),
    });
    await app.until(() => comment.isMinimized);
    const head = world.git.head("main");
    await deliveries.send("merge_group", {
      action: "checks_requested",
      merge_group: { head_sha: head },
      ...place(),
    });
    await app.until(() =>
      world.checkRuns.some((one) => one.head === head && one.conclusion === "success"),
    );
  });

  it("forgets an installation that is taken away", async () => {
    const { app, pull, comment, world } = await reviewed();
    await say(app, pull, "chokepoint ignore", { to: comment });
    await app.until(() => comment.isMinimized);
    await app.github.deliveries.send("installation", {
      action: "deleted",
      installation: { id: world.installation },
    });
    // What is queued for it is forgotten as well: what comes next must come after.
    await app.until(() => app.logged.some((line) => line.includes("forgotten")));
    world.push(pull.branch, { "x.go": "package hub\n" });
    await app.github.tell(pull, "synchronize");
    await app.checked(pull);
    expect(told(app)).toHaveLength(1);
  });
});
