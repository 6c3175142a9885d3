import { describe, expect, it } from "vitest";
import type { Report } from "../../src/reporters/report.ts";
import { reporters } from "../../src/reporters/reporters.ts";
import { FLOATING, LEAK, reportOf } from "./report-of.ts";

const FILES = { "a.ts": FLOATING, "hub.go": LEAK };

function print(format: string, report: Report = reportOf(FILES)): string {
  return reporters[format]?.(report) ?? "";
}

/** The report with another message in place of every finding's. */
function saying(message: string, files: Record<string, string> = FILES): Report {
  const report = reportOf(files);
  return { ...report, findings: report.findings.map((finding) => ({ ...finding, message })) };
}

describe("formats for machines", () => {
  it("agent: a few plain lines a finding, the advice of a rule once", () => {
    const text = print(
      "agent",
      reportOf({ "a.ts": FLOATING.replace("  try", "  save();\n  try") }),
    );
    expect(text).toMatch(/^a\.ts:3:3 error ts\/floating-promise: nobody waits for save\(\)/);
    expect(text.match(/^ {2}do: /gm)).toHaveLength(2);
    expect(print("agent")).toMatch(/^ {2}1\. fetch starts goroutine 1 \(hub\.go:7:2\)$/m);
  });

  it("jsonl: an object a line", () => {
    const lines = print("jsonl")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines.map(({ type }) => type)).toEqual(["finding", "finding", "finding", "stats"]);
    expect(lines[0]).toMatchObject({ rule: "ts/floating-promise", file: "a.ts", line: 3 });
  });

  it("gitlab: issues with fingerprints of their own", () => {
    const issues = JSON.parse(print("gitlab", reportOf({ "a.ts": FLOATING, "b.ts": FLOATING })));
    expect(issues[0]).toMatchObject({
      check_name: "ts/floating-promise",
      severity: "critical",
      location: { path: "a.ts", lines: { begin: 3, end: 3 } },
    });
    const prints = issues.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(prints).size).toBe(4);
  });

  it("checkstyle: a file element with its errors", () => {
    expect(print("checkstyle")).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <checkstyle version="4.3"><file name="a.ts"><error line="3" column="3" severity="error" message="nobody waits for save() or sees its rejection" source="chokepoint.ts.floating-promise"/>
      <error line="5" column="12" severity="warning" message="a rejection of read() escapes the catch, since it is returned without await" source="chokepoint.ts.return-await"/></file>
      <file name="hub.go"><error line="8" column="3" severity="error" message="the goroutine waits for ever to send on out once fetch has returned" source="chokepoint.go.goroutine-leak-channel"/></file></checkstyle>
      "
    `);
  });

  it("junit: a failed test a finding, and one that passed where there is none", () => {
    expect(print("junit", reportOf({ "hub.go": LEAK }))).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="chokepoint" tests="1" failures="1"><testsuite name="chokepoint" tests="1" failures="1"><testcase name="go/goroutine-leak-channel at hub.go:8:3" classname="hub.go"><failure message="the goroutine waits for ever to send on out once fetch has returned" type="error">hub.go:8:3: error: the goroutine waits for ever to send on out once fetch has returned [go/goroutine-leak-channel]</failure></testcase></testsuite></testsuites>
      "
    `);
    expect(print("junit", reportOf({}))).toContain('tests="1" failures="0"');
  });

  it("write no markup of the repository's, and nothing that XML cannot hold", () => {
    const report = saying('<b a="1">&\u0000\u001b\ud800\uffff\n');
    for (const format of ["checkstyle", "junit"]) {
      const text = print(format, report);
      expect(text).toContain("&lt;b a=&quot;1&quot;&gt;&amp;");
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|\uffff/u);
    }
  });

  it("rdjson: columns in bytes, and fixes of one edit as suggestions", () => {
    const wide = FLOATING.replace("return read()", "/* 日本 */ return read()");
    const { diagnostics } = JSON.parse(print("rdjson", reportOf({ "a.ts": wide })));
    const returned = diagnostics.find(
      ({ code }: { code: { value: string } }) => code.value === "ts/return-await",
    );
    // Two characters of three bytes each stand before it: column 21 in UTF-16 units.
    expect(returned.location).toMatchObject({
      path: "a.ts",
      range: { start: { line: 5, column: 25 }, end: { line: 5 } },
    });
    expect(returned.suggestions).toMatchObject([
      { text: "await ", range: { start: { line: 5, column: 25 } } },
    ]);
  });
});
