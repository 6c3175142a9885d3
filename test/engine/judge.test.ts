import { describe, expect, it } from "vitest";
import { defaultSettings } from "../../src/config/rule-settings.ts";
import type { Rule } from "../../src/core/rule.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { type JudgeRequest, judge } from "../../src/engine/judge.ts";
import { findsWord, noParser, toyLanguage } from "./toy-language.ts";

const send = findsWord("go/send", "send", { aliases: ["SA9001", "plugin/no-send"] });
const lock = findsWord("go/lock", "lock", { confidence: "medium" });
const guess = findsWord("go/guess", "guess", { confidence: "low" });
const rules = [send, lock, guess];

function verdicts(text: string, more: Partial<JudgeRequest> = {}, ran: Rule[] = rules) {
  const snapshot = memorySnapshot(new Map([["a.toy", text]]));
  const ruleIds = [...rules.map(({ id }) => id), "go/sleeping"];
  const result = analyze({
    files: ["a.toy"],
    snapshot,
    languages: [toyLanguage],
    rules: ran,
    ruleIds,
    parser: noParser,
  });
  const judged = judge(result, {
    minConfidence: () => "medium",
    requireReason: () => true,
    rules: ran,
    settingsFor: (_file, rule) => defaultSettings(rule),
    ruleIds,
    ...more,
  });
  return judged.map(({ rule, at, verdict, message }) => {
    const own = rule.startsWith("chokepoint/") ? `: ${message}` : "";
    return `${at.line} ${rule} ${verdict.kind}${own}`;
  });
}

describe("verdicts", () => {
  it("report what is sure enough, and keep the rest with the reason", () => {
    expect(verdicts("send\nlock\nguess")).toEqual([
      "1 go/send report",
      "2 go/lock report",
      "3 go/guess below-threshold",
    ]);
    expect(verdicts("guess", { minConfidence: () => "low" })).toEqual(["1 go/guess report"]);
    expect(verdicts("lock", { minConfidence: () => "high" })).toEqual([
      "1 go/lock below-threshold",
    ]);
  });

  it("leave what a baseline knows", () => {
    const snapshot = memorySnapshot(new Map([["a.toy", "send\nsend"]]));
    const request = {
      files: ["a.toy"],
      snapshot,
      languages: [toyLanguage],
      rules,
      parser: noParser,
    };
    const [first] = analyze(request).findings;
    const known = new Set([first?.fingerprint ?? ""]);
    expect(verdicts("send\nsend", { known })).toEqual(["1 go/send known", "2 go/send report"]);
  });

  it("report in a change only what stands on its lines", () => {
    const change = { file: "a.toy", oldFile: undefined, status: "modified", shown: [] } as const;
    const changes = [{ ...change, added: [{ from: 2, to: 3 }], removedBefore: [] }];
    expect(verdicts("send\nx\nsend\nsend", { changes })).toEqual([
      "1 go/send outside-diff",
      "3 go/send report",
      "4 go/send outside-diff",
    ]);
  });
});

describe("suppressions", () => {
  it.each([
    ["send # chokepoint:ignore go/send -- ok", ["1 go/send suppressed"]],
    ["# chokepoint:ignore go/send -- ok\nsend\nsend", ["2 go/send suppressed", "3 go/send report"]],
    ["# chokepoint:ignore go/send -- ok\n# more words\n\nsend", ["4 go/send suppressed"]],
    [
      "x\nsend\n# chokepoint:ignore-file go/send -- ok\nsend",
      ["2 go/send suppressed", "4 go/send suppressed"],
    ],
    [
      "send lock # chokepoint:ignore go/send, go/lock -- ok",
      ["1 go/send suppressed", "1 go/lock suppressed"],
    ],
    ["send # chokepoint:ignore SA9001 -- by a peer's name", ["1 go/send suppressed"]],
    ["# lint:ignore SA9001 reason\nsend", ["2 go/send suppressed"]],
    [
      "# eslint-disable-next-line no-send\nsend\nsend",
      ["2 go/send suppressed", "3 go/send report"],
    ],
    [
      "send\n# eslint-disable plugin/no-send\nsend\n# eslint-enable plugin/no-send\nsend",
      ["1 go/send report", "3 go/send suppressed", "5 go/send report"],
    ],
    ["send # nolint:SA9001", ["1 go/send suppressed"]],
    ["send # nolint:staticcheck // a linter of many checks", ["1 go/send suppressed"]],
    ["send # nolint:govet", ["1 go/send report"]],
    ["send # nolint", ["1 go/send report"]],
    ["send # eslint-disable-line no-other", ["1 go/send report"]],
  ])("in %j", (text, expected) => expect(verdicts(text)).toEqual(expected));

  it("count for nothing when they are to be ignored, and are then not called useless", () => {
    const text = "send # chokepoint:ignore go/send -- ok\n# chokepoint:ignore go/lock -- nothing";
    expect(verdicts(text, { ignoreComments: true })).toEqual(["1 go/send report"]);
  });

  it("must say why, where the configuration asks for it", () => {
    const text = "send # chokepoint:ignore go/send";
    expect(verdicts(text)).toEqual([
      "1 go/send suppressed",
      "1 chokepoint/missing-reason report: this ignore does not say why; add ` -- ` and a reason",
    ]);
    expect(verdicts(text, { requireReason: () => false })).toEqual(["1 go/send suppressed"]);
  });

  it("that silence nothing are told", () => {
    expect(verdicts("x # chokepoint:ignore go/send -- ok")).toEqual([
      "1 chokepoint/useless-suppression report: this ignore silences nothing: `go/send` finds nothing here",
    ]);
    expect(verdicts("send # chokepoint:ignore go/send, go/lock -- ok")).toEqual([
      "1 go/send suppressed",
      "1 chokepoint/useless-suppression report: this ignore silences nothing: `go/lock` finds nothing here",
    ]);
  });

  it("of an unknown rule are told with the nearest one", () => {
    expect(verdicts("x # chokepoint:ignore go/sendd -- ok")).toEqual([
      "1 chokepoint/useless-suppression report: there is no rule `go/sendd`; did you mean `go/send`?",
    ]);
    expect(verdicts("x # chokepoint:ignore")).toEqual([
      "1 chokepoint/useless-suppression report: this ignore names no rule; write `chokepoint:ignore RULE -- reason`",
    ]);
  });

  it("of a rule that did not run, and of peers, are not called useless", () => {
    expect(verdicts("x # chokepoint:ignore go/sleeping -- ok")).toEqual([]);
    expect(verdicts("x # chokepoint:ignore go/send -- ok", {}, [lock])).toEqual([]);
    expect(verdicts("x # lint:ignore SA9001 reason")).toEqual([]);
  });

  it("of the tool's own findings follow the configuration", () => {
    const text = "x # chokepoint:ignore go/send -- ok";
    expect(verdicts(text, { ownSeverity: () => "off" })).toEqual([]);
  });
});
