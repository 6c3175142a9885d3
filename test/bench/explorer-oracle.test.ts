import { describe, expect, it } from "vitest";
import { textOf } from "../../bench/explorer-oracle/code.ts";
import { compareWithGo } from "../../bench/explorer-oracle/compare.ts";
import { hasGo } from "../../bench/explorer-oracle/run-go.ts";
import { loadParser } from "../../src/syntax/parser.ts";

// The long form is `node dist/bench/explorer-oracle.js`.
describe.skipIf(!hasGo())("the explorer agrees with Go (needs Go 1.25)", () => {
  it("on random programs", { timeout: 300_000 }, async () => {
    const parser = await loadParser(["go"]);
    const { programs, agreed, withFaults, disagreements } = compareWithGo(parser, {
      count: 40,
      seed: 11,
      rounds: 50,
    });
    const refuted = disagreements.map(
      ({ program, onlyGo }) => `${textOf(program.code, false)}\nonly Go: ${onlyGo}`,
    );
    expect(refuted.filter((_, index) => disagreements[index]?.onlyGo.length !== 0)).toEqual([]);
    // What the explorer alone says may be an order that a busy machine did not come to.
    expect(agreed / programs).toBeGreaterThan(0.9);
    expect(withFaults).toBeGreaterThan(10);
  });
});
