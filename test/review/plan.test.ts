import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JudgedFinding } from "../../src/core/finding.ts";
import type { ChangedFile } from "../../src/engine/diff.ts";
import { readMarker, readSummaryMarker } from "../../src/review/marker.ts";
import { type PlanRequest, planReview } from "../../src/review/plan.ts";
import { reviewSummary } from "../../src/review/summary.ts";

let number = 0;

function finding(file: string, line: number, more: Partial<JudgedFinding> = {}): JudgedFinding {
  number++;
  return {
    rule: "go/double-lock",
    severity: "error",
    confidence: "high",
    at: { file, start: 0, end: 1, line, column: 1, endLine: line, endColumn: 2 },
    message: `fault ${number}`,
    fingerprint: number.toString(16).padStart(20, "0"),
    identity: "i",
    related: [],
    fixes: [],
    verdict: { kind: "report" },
    ...more,
  };
}

const CHANGE: ChangedFile = {
  file: "a.go",
  oldFile: undefined,
  status: "modified",
  added: [{ from: 10, to: 12 }],
  removedBefore: [],
  shown: [{ from: 7, to: 15 }],
};

function plan(findings: readonly JudgedFinding[], more: Partial<PlanRequest> = {}) {
  return planReview({
    findings,
    fresh: new Set(findings),
    changes: [CHANGE],
    filter: "added",
    maxComments: 10,
    rules: [],
    existing: [],
    read: () => "line\n".repeat(100),
    pages: () => undefined,
    ...more,
  });
}

describe("the plan of a review", () => {
  it("comments on what the change brought, at its line", () => {
    const { comments, findings } = plan([finding("a.go", 11), finding("a.go", 50)]);
    expect(comments.map(({ file, line, side }) => [file, line, side])).toEqual([
      ["a.go", 11, "RIGHT"],
    ]);
    expect(findings).toHaveLength(1);
  });

  it("leaves out what was there before, and what is not to be shown", () => {
    const known = finding("a.go", 11);
    const silenced = finding("a.go", 11, { verdict: { kind: "suppressed", by: known.at } });
    expect(plan([known, silenced], { fresh: new Set([silenced]) }).findings).toEqual([]);
  });

  it("hangs a fault outside of the diff at the nearest line that was written, and names its place", () => {
    const below = finding("a.go", 40, { within: { from: 5, to: 60 } });
    const { comments } = plan([below]);
    expect(comments.map(({ line }) => line)).toEqual([12]);
    expect(comments[0]?.body).toContain("`a.go:40`, which this diff does not show");
  });

  it("sees a fault that taking a line away brought, in its declaration or beside one of its places", () => {
    const removal = { ...CHANGE, added: [], removedBefore: [20], shown: [{ from: 17, to: 22 }] };
    const inside = finding("a.go", 30, { within: { from: 15, to: 35 } });
    const elsewhere = finding("a.go", 30, { within: { from: 25, to: 35 } });
    expect(plan([inside, elsewhere], { changes: [removal] }).findings).toEqual([inside]);
  });

  it("puts what stands in a file that the diff does not have to its cause in the diff", () => {
    const cause = { at: finding("a.go", 11).at, note: "locks" };
    const { comments, unplaced } = plan([finding("b.go", 3, { related: [cause] })]);
    expect(comments.map(({ file, line }) => [file, line])).toEqual([["a.go", 11]]);
    expect(comments[0]?.body).toContain("The fault is at `b.go:3`");
    expect(unplaced).toEqual([]);
  });

  it("lists in the summary what no line of the diff can carry", () => {
    const far = finding("b.go", 3);
    const planned = plan([far], { filter: "none" });
    expect(planned.comments).toEqual([]);
    expect(planned.unplaced).toEqual([far]);
    expect(reviewSummary(planned, { unseen: [] })).toContain("`b.go:3` fault");
  });

  it("puts the findings of one line into one comment, with the marker of both", () => {
    const [one, other] = [finding("a.go", 11), finding("a.go", 11)];
    const { comments } = plan([one, other]);
    expect(comments).toHaveLength(1);
    expect(readMarker(comments[0]?.body ?? "")).toEqual([one.fingerprint, other.fingerprint]);
  });

  it("keeps to the most comments, the gravest first, and counts the rest", () => {
    const remark = finding("a.go", 10, { severity: "info" });
    const error = finding("a.go", 12);
    const planned = plan([remark, error], { maxComments: 1 });
    expect(planned.comments.map(({ line }) => line)).toEqual([12]);
    expect(planned.omitted).toEqual([remark]);
    expect(reviewSummary(planned, { unseen: [] })).toContain("Beyond the number of comments");
  });

  it("does not say again what a comment says, keeps that one, and knows which are done", () => {
    const live = finding("a.go", 11);
    const existing = [
      { id: 1, body: `x\n<!-- chokepoint:${live.fingerprint} -->` },
      { id: 2, body: `y\n<!-- chokepoint:${"f".repeat(20)} -->` },
      { id: 3, body: "somebody else's" },
    ];
    const planned = plan([live], { existing });
    expect(planned).toMatchObject({ comments: [], kept: [1], fixed: [2] });
  });

  it("suggests nothing for lines that another comment would replace as well", () => {
    // `line 1` to `line 100`, each of which begins seven or eight characters after the one before.
    const text = Array.from({ length: 100 }, (_, index) => `line ${index + 1}\n`).join("");
    const replacing = (from: number, to: number) => {
      const [start, end] = [text.indexOf(`line ${from}\n`), text.indexOf(`line ${to}\n`) + 4];
      const edits = [{ file: "a.go", start, end, text: "x" }];
      return finding("a.go", from, { fixes: [{ kind: "safe", description: "f", edits }] });
    };
    const suggestions = (...findings: JudgedFinding[]) =>
      plan(findings, { read: () => text }).comments.map(({ body }) =>
        body.includes("```suggestion"),
      );
    expect(suggestions(replacing(10, 11), replacing(12, 12))).toEqual([true, true]);
    expect(suggestions(replacing(10, 12), replacing(11, 11))).toEqual([false, false]);
    expect(suggestions(replacing(10, 12), finding("a.go", 11))).toEqual([false, true]);
  });

  it("lists much without losing the marker by which it is not listed again", () => {
    const name = `${"long/".repeat(700)}b.go`;
    const far = Array.from({ length: 2_500 }, (_, index) => finding(name, index + 1));
    const planned = plan(far, { filter: "none" });
    const summary = reviewSummary(planned, { unseen: [] }) ?? "";
    expect(summary.length).toBeLessThan(65_536);
    expect(summary).toContain("_The rest was too long._");
    const told = new Set(readSummaryMarker(summary));
    expect(told.size).toBe(2_000);
    expect(plan(far, { filter: "none", told }).unplaced).toHaveLength(500);
  });

  it("says nothing where there is nothing", () => {
    const planned = plan([]);
    expect(
      reviewSummary(planned, { unseen: [{ file: "x.go", why: "too large" }] }),
    ).toBeUndefined();
  });

  it.each([
    ["added", [11]],
    ["context", [11, 14]],
    ["function", [11, 30]],
    ["file", [11, 14, 30, 80]],
    ["none", [11, 14, 30, 80, 5]],
  ] as const)("speaks with the filter %s about %j", (filter, expected) => {
    const old = finding("a.go", 30, { within: { from: 9, to: 40 } });
    const all = [
      finding("a.go", 11),
      finding("a.go", 14, { within: { from: 13, to: 15 } }),
      old,
      finding("a.go", 80),
      finding("c.go", 5),
    ];
    const planned = plan(all, { filter, fresh: new Set(all.filter((one) => one !== old)) });
    expect(planned.findings.map(({ at }) => at.line)).toEqual(expected);
  });

  it("comments on shown lines of the diff only, whatever is found where", () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 90 }), fc.nat({ max: 9 }))
      .map(([from, length]) => ({ from, to: from + length }));
    fc.assert(
      fc.property(
        fc.array(range, { minLength: 1, maxLength: 4 }),
        fc.array(range, { maxLength: 12 }),
        fc.constantFrom("added", "context", "function", "file", "none"),
        (shown, places, filter) => {
          const added = shown.map(({ from, to }) => ({ from, to: Math.max(from, to - 1) }));
          const findings = places.map(({ from, to }) => {
            const one = finding("a.go", from, { within: { from: 1, to: 100 } });
            return { ...one, at: { ...one.at, endLine: to } };
          });
          const changes = [{ ...CHANGE, added, shown }];
          const planned = plan(findings, { changes, filter, maxComments: 5 });
          expect(planned.comments.length).toBeLessThanOrEqual(5);
          for (const { line, startLine = line } of planned.comments)
            expect(shown.some(({ from, to }) => from <= startLine && line <= to)).toBe(true);
          const told = planned.comments.flatMap(({ fingerprints }) => fingerprints).length;
          expect(told + planned.omitted.length + planned.unplaced.length).toBe(
            planned.findings.length,
          );
        },
      ),
    );
  });
});
