import { describe, expect, it } from "vitest";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { parseBaseline, printBaseline } from "../../src/engine/baseline.ts";
import { findsWord, noParser, toyLanguage } from "./toy-language.ts";

describe("a baseline", () => {
  it("knows the findings that it was written from", () => {
    const { findings } = analyze({
      files: ["a.toy"],
      snapshot: memorySnapshot(new Map([["a.toy", "send\nsend"]])),
      languages: [toyLanguage],
      rules: [findsWord("go/send", "send")],
      parser: noParser,
    });
    const { known } = parseBaseline(printBaseline(findings));
    expect(new Set(known.map(({ fingerprint }) => fingerprint))).toEqual(
      new Set(findings.map(({ fingerprint }) => fingerprint)),
    );
  });

  it.each([
    ["{", /not JSON/],
    ["null", /"version" should be 1/],
    ['{"version": 2, "known": []}', /"version" should be 1/],
    ['{"version": 1}', /"known" should be a list/],
    ['{"version": 1, "known": [{}]}', /each with its "fingerprint"/],
  ])("says what is wrong with %s", (text, message) => {
    expect(() => parseBaseline(text)).toThrow(message);
  });
});
