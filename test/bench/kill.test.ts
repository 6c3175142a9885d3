import { expect, it } from "vitest";
import { killRun } from "../../bench/kill-run.ts";

// The long form is `node dist/bench/kill.js`; this one asserts no time.
it("says everything once, however often it is killed", { timeout: 300_000 }, async () => {
  const figures = await killRun({ reviews: 12, kills: 4, seed: 3 });
  expect(figures).toMatchObject({
    missing: 0,
    doubled: 0,
    wrong: 0,
    unchecked: 0,
    leftOpen: 0,
    violations: [],
  });
  expect(figures.comments).toBeGreaterThan(0);
});
