import type { JudgedFinding } from "../../core/finding.ts";

/** Every finding; of those to report, the ones that are not among `shown` are marked as outside of the diff. */
export function onlyShown(
  findings: readonly JudgedFinding[],
  shown: ReadonlySet<JudgedFinding>,
): JudgedFinding[] {
  return findings.map((finding) =>
    finding.verdict.kind === "report" && !shown.has(finding)
      ? { ...finding, verdict: { kind: "outside-diff" } }
      : finding,
  );
}
