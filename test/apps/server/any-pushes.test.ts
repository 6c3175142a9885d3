import fc from "fast-check";
import { expect, it } from "vitest";
import { createPacer, openClient } from "../../../src/adapters/github/client.ts";
import { createGitHubHost } from "../../../src/adapters/github/github-host.ts";
import { loadRules } from "../../../src/apps/cli/load-rules.ts";
import { languageOf } from "../../../src/engine/language-of.ts";
import { languages } from "../../../src/languages/registry.ts";
import { readMarker } from "../../../src/review/marker.ts";
import { reviewPull } from "../../../src/review/review.ts";
import { type FakeGitHub, type Fault, openFakeGitHub } from "../../fake-github/fake-github.ts";
import type { Pull } from "../../fake-github/world.ts";
import { after, edits, type Files, faultsOf, OLD, type Push, pushes } from "./random-pushes.ts";
import { unboxed } from "./unboxed.ts";

const rules = await loadRules();
const isSource = (path: string) => languageOf(path, languages) !== undefined;
const LOGIN = "octocat";
const FAULTS: Readonly<Record<Push["faults"][number], Fault>> = {
  "lost-review": {
    operation: "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    kind: "lost",
  },
  "broken-review": {
    operation: "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
    kind: "broken",
  },
  "lost-deletion": {
    operation: "DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}",
    kind: "lost",
  },
  "refused-listing": {
    operation: "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments",
    kind: "refused",
    status: 500,
  },
};

/** Reviews until a try comes to its end, as the queue does. */
async function review({ url: apiUrl, personalToken: token, world }: FakeGitHub, pull: Pull) {
  const client = openClient({ token, apiUrl, pacer: createPacer(0) });
  for (let tries = 1; ; tries++) {
    const host = createGitHubHost({
      client,
      owner: world.owner,
      name: world.name,
      pull: pull.number,
      login: LOGIN,
      isSource,
      ownersClient: async () => undefined,
      clientWith: async () => undefined,
    });
    try {
      const pages = () => undefined;
      return await reviewPull({ host, analyst: unboxed, rules, pages, isSource });
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

/** Units that visible comments of ours are about, one for each comment. */
function toldUnits({ world }: FakeGitHub): number[] {
  return world
    .visible()
    .filter(({ body }) => readMarker(body) !== undefined)
    .flatMap(({ body }) => /\bh(\d+)\.mu\b/.exec(body)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other);
}

async function holdsFor(all: readonly Push[]): Promise<void> {
  const github = await openFakeGitHub();
  const { world, requests, faults } = github;
  const base = { "go.mod": "module example.com/hub\n\ngo 1.22\n" };
  world.push("main", { ...base, ...edits(new Map(), OLD) });
  world.push("topic", {}, { from: "main" });
  const pull = world.open("topic");
  const history: Files[] = [OLD];
  let files = OLD;
  let units = 100;
  for (const { steps, isForced, isAnswered, faults: wrong } of all) {
    const before = files;
    for (const step of steps) {
      files = after(files, step, history, ++units);
      if (step.kind === "base")
        world.push("main", { [`base${units}.go`]: `package hub\n\nvar base${units} = 1\n` });
    }
    history.push(files);
    const [from, options] = isForced
      ? [OLD, { from: "main", isForced }]
      : [before, { from: "main" }];
    world.push("topic", edits(from, files), options);
    const [comment] = world.visible();
    if (isAnswered && comment)
      world.comments.push({ ...comment, id: world.nextId(), body: "Why?", inReplyTo: comment.id });
    faults.push(...wrong.map((name) => FAULTS[name]));
    const asked = requests.length;
    const { kind } = await review(github, pull);
    faults.length = 0;
    expect(kind).toBe("reviewed");
    // A refused comment would be looked for with reviews that are begun and thrown away.
    const deleted = requests.slice(asked).filter((one) => /^DELETE .*\/reviews\//.test(one));
    expect(deleted).toEqual([]);
    const old = faultsOf(OLD);
    const live = [...faultsOf(files)].filter((id) => !old.has(id));
    expect(toldUnits(github)).toEqual(live.sort((one, other) => one - other));
  }
  expect(await github.stop()).toEqual([]);
}

it("whatever is pushed, each fault that the change brought has one visible comment, and nothing else has", {
  timeout: 600_000,
}, async () => {
  const numRuns = Number(process.env["PUSHES_RUNS"] ?? 12);
  await fc.assert(fc.asyncProperty(pushes, holdsFor), { numRuns, endOnFailure: false });
});
