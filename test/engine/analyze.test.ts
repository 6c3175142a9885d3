import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultOptions } from "../../src/config/rule-settings.ts";
import type { Rule } from "../../src/core/rule.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { type AnalysisRequest, analyze } from "../../src/engine/analyze.ts";
import { findsWord, noParser, toyFiles, toyLanguage } from "./toy-language.ts";

const send = findsWord("go/send", "send");
const lock = findsWord("go/lock", "lock", { severity: "error" });

function run(texts: Record<string, string>, rules: Rule[], more: Partial<AnalysisRequest> = {}) {
  const snapshot = memorySnapshot(new Map(Object.entries(texts)));
  const files = Object.keys(texts);
  return analyze({ files, snapshot, languages: [toyLanguage], rules, parser: noParser, ...more });
}

describe("analyze", () => {
  it("answers findings in order of file, line, column and rule", () => {
    const { findings } = run({ "b.toy": "lock send\nsend", "a.toy": "x\nlock" }, [send, lock]);
    expect(findings.map(({ at, rule }) => `${at.file}:${at.line}:${at.column} ${rule}`)).toEqual([
      "a.toy:2:1 go/lock",
      "b.toy:1:1 go/lock",
      "b.toy:1:6 go/send",
      "b.toy:2:1 go/send",
    ]);
  });

  it("gives a finding its rule's severity and confidence, and the end of its span", () => {
    const [finding] = run({ "a.toy": "lock" }, [lock]).findings;
    expect(finding).toMatchObject({
      severity: "error",
      confidence: "high",
      at: { line: 1, column: 1, endLine: 1, endColumn: 5 },
      related: [],
      fixes: [],
    });
  });

  it("leaves out files of no language, and generated ones", () => {
    const texts = { "a.toy": "# generated\nsend", "b.txt": "send", "c.toy": "send" };
    const { findings, understood } = run(texts, [send]);
    expect(findings.map(({ at }) => at.file)).toEqual(["c.toy"]);
    expect(understood.files).toBe(1);
  });

  it("never reports in a file that is not judged, though the unit reads it", () => {
    const reader = findsWord("go/reader", "send", {
      *check() {
        yield { at: { file: "other.toy", start: 0, end: 4 }, message: "elsewhere" };
        yield { at: { file: "a.toy", start: 0, end: 4 }, message: "here" };
      },
    });
    const snapshot = memorySnapshot(
      new Map([
        ["a.toy", "send"],
        ["other.toy", "send"],
      ]),
    );
    const { findings } = run({ "a.toy": "send" }, [reader], { snapshot, files: ["a.toy"] });
    expect(findings.map(({ message }) => message)).toEqual(["here"]);
  });

  it("turns a rule that throws into a notice that names rule and file, and goes on", () => {
    const broken = findsWord("go/broken", "send", {
      *check() {
        yield { at: { file: "a.toy", start: 0, end: 4 }, message: "before the fault" };
        throw new Error("no such thing");
      },
    });
    const { findings, notices } = run({ "a.toy": "send" }, [broken, send]);
    expect(findings.map(({ rule }) => rule)).toEqual(["go/broken", "go/send"]);
    expect(notices).toEqual([
      {
        file: "a.toy",
        kind: "internal",
        message: expect.stringMatching(/go\/broken failed here.*no such thing/),
      },
    ]);
  });

  it("turns a unit that cannot be opened into a notice, and judges the others", () => {
    const fragile = {
      ...toyLanguage,
      open(
        unit: Parameters<typeof toyLanguage.open>[0],
        workspace: Parameters<typeof toyLanguage.open>[1],
      ) {
        if (unit.directory === "bad/") throw new Error("cannot open");
        return toyLanguage.open(unit, workspace);
      },
    };
    const texts = { "bad/a.toy": "send", "good/a.toy": "send" };
    const { findings, notices } = run(texts, [send], { languages: [fragile] });
    expect(findings.map(({ at }) => at.file)).toEqual(["good/a.toy"]);
    expect(notices).toMatchObject([{ file: "bad/a.toy", kind: "internal" }]);
  });

  it("does not ask a rule about a unit that has no word of interest", () => {
    let asked = 0;
    const counting = findsWord("go/counting", "lock", {
      check() {
        asked++;
        return [];
      },
    });
    run({ "a/a.toy": "send", "b/b.toy": "lock" }, [counting]);
    expect(asked).toBe(1);
  });

  it("asks a rule once for each way that it is set, and for the files so set", () => {
    const seen: unknown[] = [];
    const sized = findsWord("go/sized", "send", {
      options: { limit: { type: "number", default: 1, description: "" } },
      *check({ use, options }) {
        seen.push(options["limit"]);
        for (const { path } of use(toyFiles))
          yield { at: { file: path, start: 0, end: 1 }, message: `limit ${options["limit"]}` };
      },
    });
    const { findings } = run({ "a.toy": "send", "b.toy": "send", "c.toy": "send" }, [sized], {
      settingsFor: (file, rule) => ({
        severity: file === "c.toy" ? "off" : "info",
        options: file === "a.toy" ? defaultOptions(rule) : { limit: 9 },
      }),
    });
    expect(seen).toEqual([1, 9]);
    expect(findings.map(({ at, message, severity }) => [at.file, message, severity])).toEqual([
      ["a.toy", "limit 1", "info"],
      ["b.toy", "limit 9", "info"],
    ]);
  });

  it("finds the same, whatever the order of files", () => {
    const texts: Record<string, string> = {
      "a/one.toy": "f:\nsend\nlock\nsend",
      "a/two.toy": "g:\nsend",
      "b/one.toy": "f:\nsend\n# chokepoint:ignore go/lock -- why\nlock",
      "c.toy": "lock",
    };
    const expected = run(texts, [send, lock]);
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(texts), { minLength: 4 }), (files) => {
        expect(run(texts, [send, lock], { files })).toEqual(expected);
      }),
    );
  });
});

describe("the fingerprint", () => {
  const words = fc.constantFrom("send", "lock", "wait", "f:", "g:", "");
  const fingerprintsOf = (text: string) =>
    run({ "a.toy": text }, [send, lock]).findings.map(({ fingerprint }) => fingerprint);

  it("does not change when a line is added above", () => {
    fc.assert(
      fc.property(fc.array(words), fc.nat(), (lines, at) => {
        const place = at % (lines.length + 1);
        const blank = [...lines.slice(0, place), "", ...lines.slice(place)];
        expect(fingerprintsOf(blank.join("\n"))).toEqual(fingerprintsOf(lines.join("\n")));
      }),
    );
  });

  it("does not change when the file is renamed or the statement is laid out otherwise", () => {
    const [one] = run({ "a.toy": "f:\n  x   send" }, [send]).findings;
    const [other] = run({ "b/c.toy": "f:\nx send" }, [send]).findings;
    expect(one?.fingerprint).toBe(other?.fingerprint);
  });

  it("tells equal statements, declarations and rules apart", () => {
    const all = fingerprintsOf("f:\nsend\nsend\nsend lock\ng:\nsend");
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(5);
  });
});
