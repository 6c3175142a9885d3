import { describe, expect, it } from "vitest";
import type { JudgedFinding } from "../../src/core/finding.ts";
import { commentBody } from "../../src/review/comment.ts";
import { suggestionFor } from "../../src/review/suggestion.ts";
import { FLOATING, LEAK, reportOf } from "../reporters/report-of.ts";

const NOWHERE = { pages: () => undefined };

function part(finding: JudgedFinding, report = reportOf({})) {
  const rule = report.rules.find(({ id }) => id === finding.rule);
  return { finding, rule, suggestion: undefined, isMoved: false };
}

function only(files: Readonly<Record<string, string>>): JudgedFinding {
  const [finding] = reportOf(files).findings;
  if (!finding) throw new Error("nothing is found");
  return finding;
}

describe("the body of a comment", () => {
  it("says what happens, why it matters, how, what to do, and how to silence it", () => {
    const finding = only({ "hub.go": LEAK });
    const body = commentBody([part(finding)], { pages: (rule) => `https://docs.example/${rule}` });
    const [first] = body.split("\n");
    expect(first).toBe("**The goroutine waits for ever to send on out once fetch has returned**");
    const order = [
      "stay for the life of the process",
      "<details><summary>How it happens</summary>",
      "```mermaid\nsequenceDiagram",
      "</details>",
      "**What to do:**",
      "<sub>[`go/goroutine-leak-channel`](https://docs.example/go/goroutine-leak-channel)",
      "`chokepoint:ignore go/goroutine-leak-channel -- reason`",
      `<!-- chokepoint:${finding.fingerprint} -->`,
    ].map((text) => body.indexOf(text));
    expect(order).not.toContain(-1);
    expect([...order].sort((one, other) => one - other)).toEqual(order);
  });

  it("leads to the places that it names, and says how to answer where answers are read", () => {
    const finding = only({ "hub.go": LEAK });
    const related = [{ at: finding.at, note: "h.mu is locked here" }];
    const body = commentBody([part({ ...finding, related })], {
      pages: () => undefined,
      lines: ({ file, line }) => `https://github.example/${file}#L${line}`,
      readsAnswers: true,
    });
    const { line } = finding.at;
    expect(body).toContain(
      `- [\`hub.go:${line}\`](https://github.example/hub.go#L${line}): \`h.mu\` is locked here`,
    );
    expect(body).toContain("to silence: answer `chokepoint ignore reason`, or write `chokepoint:");
  });

  it("begins with a capital, but for a name of the reviewed code", () => {
    const finding = only({ "hub.go": LEAK });
    const titled = (message: string) =>
      commentBody([part({ ...finding, message })], NOWHERE).split("\n")[0];
    expect(titled("nobody closes the channel")).toBe("**Nobody closes the channel**");
    expect(titled("test is copied in each pass")).toBe("**test is copied in each pass**");
  });

  it("carries a safe fix as a suggestion for the lines that it replaces", () => {
    const [, finding] = reportOf({ "a.ts": FLOATING }).findings;
    if (!finding) throw new Error("nothing is found");
    const suggestion = suggestionFor(finding, FLOATING, [{ from: 1, to: 9 }]);
    expect(suggestion).toEqual({ lines: { from: 5, to: 5 }, text: "    return await read();" });
    const body = commentBody([{ ...part(finding), suggestion }], NOWHERE);
    expect(body).toContain("```suggestion\n    return await read();\n```");
    expect(suggestionFor(finding, FLOATING, [{ from: 6, to: 9 }])).toBeUndefined();
  });

  it("keeps Windows line ends out of the lines that it replaces", () => {
    const text = FLOATING.replaceAll("\n", "\r\n");
    const finding = reportOf({ "a.ts": text }).findings[1];
    if (!finding) throw new Error("nothing is found");
    expect(suggestionFor(finding, text, [{ from: 1, to: 20 }])?.text).toBe(
      "    return await read();",
    );
  });

  it("is no longer than GitHub takes, and says what it leaves out", () => {
    const finding = only({ "hub.go": LEAK });
    const many = Array.from({ length: 200 }, () => part(finding));
    const body = commentBody(many, NOWHERE);
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("The rest was too long");
    const huge = { ...finding, message: "x".repeat(100_000) };
    expect(commentBody([part(huge)], NOWHERE).length).toBeLessThan(65_536);
  });

  it("gives names of the repository no way to speak", () => {
    const finding = only({ "hub.go": LEAK });
    const evil = "@octocat `x` <img src=x onerror=y> --> ```\n#12 </details>";
    const hostile: JudgedFinding = {
      ...finding,
      message: evil,
      related: [{ at: { ...finding.at, file: "`@org`/a.go" }, note: evil }],
      trace: {
        threads: [evil],
        steps: [{ thread: 0, at: finding.at, action: evil, waits: true }],
      },
    };
    const body = commentBody([part(hostile)], NOWHERE);
    // Escaped backticks open no code.
    const unescaped = body.replaceAll("\\`", "");
    const outside = unescaped.replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
    expect(outside).not.toMatch(/@\w/);
    expect(outside).not.toContain("<img");
    expect(body.match(/<\/details>/g)).toHaveLength(1);
    expect(body.match(/-->/g)).toHaveLength(1);
  });
});
