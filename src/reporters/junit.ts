import type { JudgedFinding } from "../core/finding.ts";
import type { Reporter } from "./report.ts";
import { element, escaped } from "./xml.ts";

/** JUnit's XML for servers that show tests: each finding is a failed test; a run without one is a passed test. */
export const junit: Reporter = ({ findings }) => {
  const shown = findings.filter(({ verdict }) => verdict.kind === "report");
  const cases =
    shown.length === 0
      ? [element("testcase", { name: "no findings", classname: "chokepoint" })]
      : shown.map(failedCase);
  const counts = { name: "chokepoint", tests: cases.length, failures: shown.length };
  const suites = element("testsuites", counts, [element("testsuite", counts, cases)]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${suites}\n`;
};

function failedCase({ at, severity, message, rule }: JudgedFinding): string {
  const place = `${at.file}:${at.line}:${at.column}`;
  const failure = element("failure", { message, type: severity }, [
    escaped(`${place}: ${severity}: ${message} [${rule}]`),
  ]);
  return element("testcase", { name: `${rule} at ${place}`, classname: at.file }, [failure]);
}
