import type { JudgedFinding, Severity } from "../core/finding.ts";
import type { Reporter } from "./report.ts";

/** GitHub shows that many annotations of a kind for each step of a workflow; the others stand in the log alone. */
const SHOWN = 10;

/** Workflow commands, which GitHub Actions turns into annotations: errors first, since only ten of a kind are shown. */
export const github: Reporter = ({ findings }) => {
  const shown = findings.filter(({ verdict }) => verdict.kind === "report");
  const lines = (["error", "warning", "info"] as const).flatMap((severity) => {
    const some = shown.filter((finding) => finding.severity === severity);
    const annotated = some.slice(0, SHOWN).map(command);
    const others = some.slice(SHOWN).map(plain);
    if (others.length === 0) return annotated;
    const title = `${others.length} more of severity ${severity} stand in the log only`;
    return [...annotated, ...others, `::notice title=chokepoint::${data(title)}`];
  });
  return lines.map((line) => `${line}\n`).join("");
};

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

function command({ at, severity, rule, message }: JudgedFinding): string {
  const properties = [
    `file=${property(at.file)}`,
    `line=${at.line}`,
    `endLine=${at.endLine}`,
    // Columns are of one line: with a later end line GitHub drops the annotation.
    ...(at.line === at.endLine ? [`col=${at.column}`, `endColumn=${at.endColumn}`] : []),
    `title=${property(rule)}`,
  ];
  return `::${COMMANDS[severity]} ${properties.join(",")}::${data(message)}`;
}

/** A line of the log must not be taken for a command. */
function plain({ at, severity, rule, message }: JudgedFinding): string {
  const line = `${at.file}:${at.line}:${at.column}: ${severity}: ${message} [${rule}]`;
  return data(line).replace(/^(?=::|##)/, " ");
}

/** actions/toolkit, packages/core/src/command.ts: escapeData and escapeProperty. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
