import type { JudgedFinding, Trace } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import type { Rule } from "../core/rule.ts";
import type { Reporter } from "./report.ts";
import { visibleText } from "./visible-text.ts";

/** For programs that read prose: a few plain lines for each finding, nothing drawn, nothing said twice. */
export const agent: Reporter = ({ findings, rules }) => {
  const shown = findings.filter(({ verdict }) => verdict.kind === "report");
  const advice = new Map(rules.map((rule) => [rule.id, rule]));
  const told = new Set<string>();
  return shown
    .map((finding) => {
      const isFirst = !told.has(finding.rule);
      told.add(finding.rule);
      return block(finding, isFirst ? advice.get(finding.rule) : undefined);
    })
    .join("");
};

/** `rule` is given with its first finding alone: its advice is the same for all. */
function block(
  { at, severity, rule: id, message, trace, fixes }: JudgedFinding,
  rule: Rule | undefined,
): string {
  const lines = [
    `${place(at)} ${severity} ${id}: ${visibleText(message)}`,
    ...(trace ? steps(trace) : []),
    ...(rule ? [`  do: ${rule.docs.instead}`] : []),
    ...fixes.map(({ kind, description }) => `  ${kind} fix: ${visibleText(description)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function steps({ threads, steps: all }: Trace<Location>): string[] {
  return all.map(
    ({ thread, at, action }, index) =>
      `  ${index + 1}. ${visibleText(threads[thread] ?? "")} ${visibleText(action)} (${place(at)})`,
  );
}

function place({ file, line, column }: Location): string {
  return `${visibleText(file)}:${line}:${column}`;
}
