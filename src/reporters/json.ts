import type { JudgedFinding, Related, TraceStep } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import type { Reporter } from "./report.ts";

/** The stable object of the command line: one JSON document, findings to show alone. */
export const json: Reporter = ({ tool, findings, notices, stats }) =>
  `${JSON.stringify(
    {
      version: 1,
      tool,
      findings: findings.filter(({ verdict }) => verdict.kind === "report").map(jsonFinding),
      notices,
      stats,
    },
    null,
    2,
  )}\n`;

/** One finding in the form of the JSON contract. */
export function jsonFinding(finding: JudgedFinding): Record<string, unknown> {
  const { rule, severity, confidence, at, message, fingerprint, related, trace, fixes } = finding;
  return {
    rule,
    severity,
    confidence,
    ...start(at),
    endLine: at.endLine,
    endColumn: at.endColumn,
    message,
    fingerprint,
    related: related.map((one: Related<Location>) => ({ ...start(one.at), message: one.note })),
    ...(trace && {
      trace: {
        threads: trace.threads,
        steps: trace.steps.map(({ thread, at: place, action, waits }: TraceStep<Location>) => ({
          thread,
          ...start(place),
          action,
          waits,
        })),
      },
    }),
    fixes: fixes.map(({ kind, description, edits }) => ({ kind, description, edits })),
  };
}

function start({ file, line, column }: Location) {
  return { file, line, column };
}
