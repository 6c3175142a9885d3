import type { JudgedFinding } from "../core/finding.ts";
import type { Reporter } from "./report.ts";
import { element } from "./xml.ts";

/** Checkstyle's XML, which Jenkins, TeamCity and many others read: a file element with an error for each finding. */
export const checkstyle: Reporter = ({ findings }) => {
  const byFile = new Map<string, JudgedFinding[]>();
  for (const finding of findings.filter(({ verdict }) => verdict.kind === "report")) {
    byFile.set(finding.at.file, [...(byFile.get(finding.at.file) ?? []), finding]);
  }
  const files = [...byFile].map(([name, members]) =>
    element("file", { name }, members.map(errorElement)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("checkstyle", { version: "4.3" }, files)}\n`;
};

function errorElement({ at, severity, message, rule }: JudgedFinding): string {
  const source = `chokepoint.${rule.replace("/", ".")}`;
  return element("error", { line: at.line, column: at.column, severity, message, source });
}
