import type { JudgedFinding, Severity, Trace } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import type { Rule } from "../core/rule.ts";
import type { Report, Reporter } from "./report.ts";
import { sourceExcerpt } from "./source-excerpt.ts";
import { displayWidth, visibleText } from "./visible-text.ts";

/** For a person at a terminal: the source, who does what in which order, why it matters, what to do. */
export const pretty: Reporter = (report) => {
  const shown = report.findings.filter(({ verdict }) => verdict.kind === "report");
  if (shown.length === 0) return "";
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const style = styleFor(report.color);
  const blocks = shown.map((finding) => block(finding, rules.get(finding.rule), report, style));
  return `${blocks.join("\n")}\n${style.bold(summary(shown))}\n`;
};

interface Style {
  bold(text: string): string;
  dim(text: string): string;
  severity(severity: Severity, text: string): string;
}

const COLORS: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36 };

function styleFor(color: boolean): Style {
  const wrap = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: (text) => wrap(1, text),
    dim: (text) => wrap(2, text),
    severity: (severity, text) => wrap(COLORS[severity], text),
  };
}

function block(
  finding: JudgedFinding,
  rule: Rule | undefined,
  report: Report,
  style: Style,
): string {
  const { at, severity, confidence, message, related, trace, fixes } = finding;
  const how = confidence === "high" ? "" : `, confidence ${confidence}`;
  const lines = [
    `${style.severity(severity, severity)} ${style.bold(visibleText(message))} ${style.dim(`[${finding.rule}${how}]`)}`,
    `  ${placeText(at)}`,
    ...excerpt(at, report, severity, style),
    ...related.map((one) => style.dim(`  ${placeText(one.at)}: ${visibleText(one.note)}`)),
    ...(trace ? ["", "  how it happens:", ...steps(trace, style)] : []),
    ...(rule
      ? ["", ...paragraph("why", rule.docs.why), ...paragraph("do", rule.docs.instead)]
      : []),
    ...fixes.flatMap(({ description, kind }) =>
      paragraph(kind === "safe" ? "fix" : "maybe", visibleText(description)),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function excerpt(at: Location, report: Report, severity: Severity, style: Style): string[] {
  const text = report.read(at.file);
  if (text === undefined) return [];
  const lines = sourceExcerpt(text, at);
  const width = String(at.endLine).length;
  return lines.map(({ number, text: shown, isUnderline }) => {
    const label = style.dim(`  ${String(number ?? "").padStart(width)} │`);
    return `${label} ${isUnderline ? style.severity(severity, shown) : shown}`.trimEnd();
  });
}

/** Numbered, each with the goroutine or task that takes it. */
function steps(trace: Trace<Location>, style: Style): string[] {
  const names = trace.threads.map(visibleText);
  const places = trace.steps.map(({ at }) => placeText(at));
  const nameWidth = Math.max(...names.map(displayWidth));
  const placeWidth = Math.max(...places.map(displayWidth));
  const numberWidth = String(trace.steps.length).length;
  return trace.steps.map(({ thread, action, waits }, index) => {
    const number = String(index + 1).padStart(numberWidth);
    const name = padded(names[thread] ?? "", nameWidth);
    const place = padded(places[index] ?? "", placeWidth);
    const text = visibleText(action);
    return `  ${number}. ${name}  ${style.dim(place)}  ${waits ? style.bold(text) : text}`;
  });
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

function placeText({ file, line, column }: Location): string {
  return `${visibleText(file)}:${line}:${column}`;
}

/** Filled to 96 columns, with a word in front. */
function paragraph(title: string, text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && displayWidth(`${line} ${word}`) > 87) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map(
    (one, index) => `  ${(index === 0 ? `${title}:` : "").padEnd(7)}${one}`,
  );
}

function summary(shown: readonly JudgedFinding[]): string {
  const files = new Set(shown.map(({ at }) => at.file)).size;
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = shown.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [plural(count, severity === "info" ? "remark" : severity)];
  });
  return `${plural(shown.length, "finding")} in ${plural(files, "file")}: ${counts.join(", ")}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
