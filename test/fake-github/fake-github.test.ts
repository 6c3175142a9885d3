import { Octokit } from "@octokit/rest";
import { describe, expect, it } from "vitest";
import { startFakeGitHub } from "./for-test.ts";

const quiet = () => undefined;
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet };

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join("");

async function start() {
  const github = await startFakeGitHub();
  const { world } = github;
  world.push("main", { "a.go": lines(60), "b.go": "package b\n" });
  world.push(
    "topic",
    { "a.go": lines(60).replace("line 30\n", "line thirty\nmore\n") },
    { from: "main" },
  );
  const pull = world.open("topic");
  const octokit = new Octokit({ auth: github.personalToken, baseUrl: github.url, log: SILENT });
  const at = { owner: "octo", repo: "hub", pull_number: pull.number };
  return { github, world, pull, octokit, at };
}

const refused = (promise: Promise<unknown>) =>
  promise.then(
    () => 200,
    (error: { status: number }) => error.status,
  );

describe("the fake GitHub", () => {
  it("shows a pull request as git sees it", async () => {
    const { octokit, at, world, pull } = await start();
    const { data: files } = await octokit.rest.pulls.listFiles(at);
    expect(files.map(({ filename, status }) => [filename, status])).toEqual([["a.go", "modified"]]);
    expect(files[0]?.patch).toContain("@@ -27,7 +27,8 @@");
    const range = { owner: "octo", repo: "hub", basehead: `main...${pull.head}` };
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead(range);
    expect(data.merge_base_commit.sha).toBe(world.git.head("main"));
  });

  it("takes a review on lines of the diff, and refuses it whole for one beside", async () => {
    const { octokit, at, world } = await start();
    const post = (...places: { line: number; path?: string; start_line?: number }[]) =>
      refused(
        octokit.rest.pulls.createReview({
          ...at,
          event: "COMMENT",
          body: "b",
          comments: places.map((one) => ({ path: "a.go", side: "RIGHT", body: "x", ...one })),
        }),
      );
    expect(await post({ line: 30 }, { line: 34 })).toBe(200);
    expect(await post({ line: 30 }, { line: 40 })).toBe(422);
    expect(await post({ line: 30, start_line: 12 })).toBe(422);
    expect(await post({ line: 1, path: "b.go" })).toBe(422);
    expect(world.comments.map(({ line }) => line)).toEqual([30, 34]);
  });

  it("lets a comment follow its line, until that is changed", async () => {
    const { octokit, at, world } = await start();
    const comments = [30, 34].map((line) => ({ path: "a.go", line, side: "RIGHT", body: "x" }));
    await octokit.rest.pulls.createReview({ ...at, event: "COMMENT", body: "b", comments });
    world.push("topic", {
      "a.go": `first\n${lines(60).replace("line 30\n", "line 30 again\nmore\n")}`,
    });
    expect(world.comments.map(({ line }) => line)).toEqual([null, 35]);
  });

  it("gives tokens of the permissions that were granted, and holds them to it", async () => {
    const { octokit, at, github, world, pull } = await start();
    world.permissions["pull_requests"] = "read";
    expect(
      await refused(octokit.rest.pulls.createReview({ ...at, event: "COMMENT", body: "b" })),
    ).toBe(403);
    expect(
      await refused(
        octokit.rest.checks.create({ owner: "octo", repo: "hub", name: "c", head_sha: pull.head }),
      ),
    ).toBe(403);
    const nobody = new Octokit({ auth: "ghs_wrong", baseUrl: github.url, log: SILENT });
    expect(await refused(nobody.rest.pulls.get(at))).toBe(401);
  });

  it("does what it answers 502 to, once", async () => {
    const { octokit, at, github, world } = await start();
    const operation = "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
    github.faults.push({ operation, kind: "lost" });
    const post = () =>
      refused(octokit.rest.pulls.createReview({ ...at, event: "COMMENT", body: "b" }));
    expect(await post()).toBe(502);
    expect(world.reviews).toHaveLength(1);
    expect(await post()).toBe(200);
  });
});
