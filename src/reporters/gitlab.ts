import type { Severity } from "../core/finding.ts";
import type { Reporter } from "./report.ts";

/** GitLab's Code Quality report: what a merge request shows in its widget and diff. */
export const gitlab: Reporter = ({ findings }) => {
  const issues = findings
    .filter(({ verdict }) => verdict.kind === "report")
    .map(({ at, severity, message, rule, fingerprint }) => ({
      description: message,
      check_name: rule,
      // GitLab drops issues of one fingerprint; ours leaves out the path, so that moved files keep it.
      fingerprint: `${fingerprint}:${at.file}`,
      severity: SEVERITIES[severity],
      location: { path: at.file, lines: { begin: at.line, end: at.endLine } },
    }));
  return `${JSON.stringify(issues, null, 2)}\n`;
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "critical",
  warning: "major",
  info: "info",
};
