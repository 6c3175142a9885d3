import fc from "fast-check";
import { expect, it } from "vitest";
import { explore } from "../../../src/analysis/explorer/explore.ts";
import { invariant } from "../../../src/core/invariant.ts";
import { stuckByBruteForce } from "./brute-force.ts";
import { programOf, smallProgram } from "./random-program.ts";

it("finds the threads that every interleaving leaves stuck, and no others", () => {
  let programsWithStuckThreads = 0;
  fc.assert(
    fc.property(smallProgram, (small) => {
      const program = programOf(small);
      const { stuck, isOutOfBudget } = explore(
        program,
        invariant(program.model("t0"), "the function itself"),
      );
      expect(isOutOfBudget).toBe(false);
      const found = stuck.map(
        ({ thread, at, isLeftBehind }) => `${thread}@${at.start}${isLeftBehind ? " after" : ""}`,
      );
      const wanted = stuckByBruteForce(small);
      if (wanted.size > 0) programsWithStuckThreads++;
      expect(places(found)).toEqual(places(wanted));
      expect(leftBehind(found)).toEqual(leftBehind(wanted));
    }),
    { numRuns: 1500, seed: 7 },
  );
  expect(programsWithStuckThreads).toBeGreaterThan(300);
});

/** Who is stuck where. The search returns from a function at once, so that it need not see somebody stuck before that as well. */
function places(stuck: Iterable<string>): Set<string> {
  return new Set([...stuck].map((one) => one.replace(" after", "")));
}

function leftBehind(stuck: Iterable<string>): Set<string> {
  return new Set([...stuck].filter((one) => one.endsWith(" after")));
}
