import type { JudgedFinding } from "../core/finding.ts";
import type { Rule } from "../core/rule.ts";
import { sarif } from "../reporters/sarif.ts";
import { ownPackage } from "./own-package.ts";

/** What code scanning is told of a review: the findings that it is about, and no more of the rules than those. */
export function scanReport(
  rules: readonly Rule[],
  findings: readonly JudgedFinding[],
  read: (file: string) => string | undefined,
): string {
  const found = new Set(findings.map(({ rule }) => rule));
  return sarif({
    tool: { name: "chokepoint", version: ownPackage().version },
    rules: rules.filter(({ id }) => found.has(id)),
    findings,
    notices: [],
    stats: { files: 0, lines: 0, functions: 0, milliseconds: 0 },
    read,
    color: false,
  });
}
