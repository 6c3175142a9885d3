import { expect, it } from "vitest";
import type { RunningApp } from "./app.ts";
import { startApp } from "./app.ts";
import { opened, told } from "./hub.ts";

/** Holds the next review up until it is let go, and knows when it has come. */
function held({ github }: RunningApp) {
  let release: () => void = () => undefined;
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  const operation = "GET /repos/{owner}/{repo}/compare/{basehead}";
  const reached = new Promise<void>((resolve) =>
    github.faults.push({ operation, kind: "held", until, onReached: resolve }),
  );
  return { reached, release };
}

it("shows a review that waits as a queued check, which then runs and ends: one check for each commit", async () => {
  const app = await startApp({ environment: { REVIEWS_AT_ONCE: "1" } });
  const { world } = app.github;
  const [first, second, third] = [opened(app), opened(app), opened(app)];
  const runsOf = (commit: string) => world.checkRuns.filter(({ head }) => head === commit);
  const statusesOf = (commit: string) => runsOf(commit).map(({ status }) => status);
  const { reached, release } = held(app);
  await app.github.tell(first, "opened");
  await reached;
  for (const pull of [second, third]) await app.github.tell(pull, "opened");
  await app.until(() => [second, third].every(({ head }) => runsOf(head).length > 0));
  expect([first, second, third].map(({ head }) => statusesOf(head))).toEqual([
    ["in_progress"],
    ["queued"],
    ["queued"],
  ]);
  // What waits is overtaken by a push, and by an end.
  const { head: old } = second;
  world.push(second.branch, { "more.go": "package hub\n" });
  await app.github.tell(second, "synchronize");
  await app.until(() => runsOf(second.head).length > 0);
  third.state = "closed";
  release();
  for (const pull of [first, second]) await app.checked(pull);
  await app.until(() => world.checkRuns.every(({ status }) => status === "completed"));
  expect(
    [first.head, second.head, old, third.head].map((head) =>
      runsOf(head).map(({ output: { title } }) => title),
    ),
  ).toEqual([["1 error"], ["1 error"], ["Superseded"], ["Not reviewed"]]);
  expect(told(app)).toHaveLength(2);
});
