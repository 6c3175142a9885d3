import { describe, expect, it } from "vitest";
import { readTask } from "../../../src/apps/server/read-task.ts";

const REPOSITORY = { id: 11, name: "hub", owner: { login: "octo" } };
const PLACE = { installation: 7, repository: 11, owner: "octo", name: "hub" };

function pullRequest(action: string, more: object = {}) {
  const pull_request = { number: 3, head: { sha: "abc" } };
  return { action, installation: { id: 7 }, repository: REPOSITORY, pull_request, ...more };
}

function comment(body: string, more: object = {}) {
  return {
    action: "created",
    installation: { id: 7 },
    repository: REPOSITORY,
    issue: { number: 3, pull_request: { url: "x" } },
    comment: { id: 5, body, user: { login: "ada", type: "User" } },
    ...more,
  };
}

describe("what a delivery asks for", () => {
  it.each([
    "opened",
    "reopened",
    "synchronize",
    "ready_for_review",
  ])("is a review when a pull request is %s", (action) => {
    expect(readTask("pull_request", pullRequest(action))).toEqual({
      kind: "review",
      ...PLACE,
      pull: 3,
      head: "abc",
    });
  });

  it("is a review when the base or the title changes, not when the words below do", () => {
    const changes = { base: { ref: { from: "main" } } };
    expect(readTask("pull_request", pullRequest("edited", { changes }))?.kind).toBe("review");
    const title = { title: { from: "WIP: x" } };
    expect(readTask("pull_request", pullRequest("edited", { changes: title }))?.kind).toBe(
      "review",
    );
    const body = { body: { from: "x" } };
    expect(readTask("pull_request", pullRequest("edited", { changes: body }))).toBeUndefined();
  });

  it("is to stop when it is closed", () => {
    expect(readTask("pull_request", pullRequest("closed"))?.kind).toBe("closed");
    expect(readTask("pull_request", pullRequest("labeled"))).toBeUndefined();
  });

  it("is a command when a person begins a comment with our name", () => {
    expect(readTask("issue_comment", comment(" /chokepoint full review\n"))).toEqual({
      kind: "command",
      ...PLACE,
      pull: 3,
      comment: 5,
      author: "ada",
      text: "/chokepoint full review",
      inReplyTo: undefined,
      isOnDiff: false,
    });
  });

  it("is nothing for talk, for bots, for edits, for issues", () => {
    const nothing = [
      comment("I like chokepoint"),
      comment("chokepoint help", {
        comment: { id: 5, body: "chokepoint", user: { login: "x[bot]", type: "Bot" } },
      }),
      comment("chokepoint help", { action: "edited" }),
      comment("chokepoint help", { issue: { number: 3 } }),
      comment(`chokepoint ${"x".repeat(3_000)}`),
    ];
    for (const payload of nothing) expect(readTask("issue_comment", payload)).toBeUndefined();
  });

  it("is a reply's thread when the comment stands in one", () => {
    const reply = comment("chokepoint ignore -- on purpose");
    const payload = {
      ...reply,
      issue: undefined,
      pull_request: { number: 3 },
      comment: { ...reply.comment, in_reply_to_id: 4 },
    };
    expect(readTask("pull_request_review_comment", payload)).toMatchObject({
      inReplyTo: 4,
      isOnDiff: true,
    });
  });

  it("is a review when somebody asks for the check again", () => {
    const check_run = { head_sha: "abc", pull_requests: [{ number: 3 }] };
    const payload = {
      action: "rerequested",
      installation: { id: 7 },
      repository: REPOSITORY,
      check_run,
    };
    expect(readTask("check_run", payload)).toMatchObject({ kind: "review", pull: 3 });
    expect(readTask("check_run", { ...payload, action: "created" })).toBeUndefined();
  });

  it("is a review of each of its pull requests when somebody asks for all checks again", () => {
    const check_suite = { head_sha: "abc", pull_requests: [{ number: 3 }, { number: 4 }, {}] };
    const base = { installation: { id: 7 }, repository: REPOSITORY, check_suite };
    const rerequested = { ...base, action: "rerequested" };
    const rerun = { kind: "rerun", ...PLACE, head: "abc", pulls: [3, 4] };
    expect(readTask("check_suite", rerequested)).toEqual(rerun);
    expect(readTask("check_suite", { ...base, action: "completed" })).toBeUndefined();
    const fork = { ...rerequested, check_suite: { head_sha: "abc" } };
    expect(readTask("check_suite", fork)).toEqual({ ...rerun, pulls: [] });
  });

  it("is an answer for the merge queue, and an end when the App is removed", () => {
    const base = { installation: { id: 7 }, repository: REPOSITORY };
    const group = { ...base, action: "checks_requested", merge_group: { head_sha: "abc" } };
    expect(readTask("merge_group", group)).toEqual({ kind: "merge-group", ...PLACE, head: "abc" });
    expect(readTask("installation", { ...base, action: "deleted" })).toEqual({
      kind: "uninstalled",
      installation: 7,
    });
  });

  it("is to forget repositories that the App is taken from, and what was granted before", () => {
    const installation = { id: 7 };
    const removed = { action: "removed", installation, repositories_removed: [{ id: 11 }, {}] };
    expect(readTask("installation_repositories", removed)).toEqual({
      kind: "uninstalled",
      installation: 7,
      repositories: [11],
    });
    const accepted = { action: "new_permissions_accepted", installation };
    expect(readTask("installation", accepted)).toEqual({ kind: "granted", installation: 7 });
    expect(readTask("installation", { action: "suspend", installation })).toBeUndefined();
  });

  it("is nothing for payloads that are not what they say", () => {
    for (const payload of [
      undefined,
      null,
      3,
      "x",
      [],
      {},
      { action: {} },
      pullRequest("opened", { repository: { id: "11" } }),
    ])
      for (const event of [
        "pull_request",
        "issue_comment",
        "check_suite",
        "merge_group",
        "installation",
        "push",
      ])
        expect(readTask(event, payload)).toBeUndefined();
    const huge = pullRequest("opened", { pull_request: { number: 1e300, head: { sha: "a" } } });
    expect(readTask("pull_request", huge)).toBeUndefined();
  });
});
