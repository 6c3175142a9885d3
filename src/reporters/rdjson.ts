import type { Fix, JudgedFinding, Related, Severity } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import { lineAt, lineStarts } from "../core/position.ts";
import type { Report, Reporter } from "./report.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * Reviewdog Diagnostic Format, as one JSON document (reviewdog, proto/rdf/reviewdog.proto): lines count from 1, columns
 * from 1 in UTF-8 bytes.
 */
export const rdjson: Reporter = (report) => {
  const shown = report.findings.filter(({ verdict }) => verdict.kind === "report");
  const document = {
    source: { name: "chokepoint" },
    diagnostics: shown.map((finding) => diagnostic(finding, report)),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "ERROR",
  warning: "WARNING",
  info: "INFO",
};

function diagnostic(
  { at, rule, severity, message, related, fixes }: JudgedFinding,
  report: Report,
): Json {
  const suggestions = fixes.flatMap((fix) => suggestionsOf(fix, at.file, report));
  return {
    message,
    location: location(at, report),
    severity: SEVERITIES[severity],
    code: { value: rule },
    ...(suggestions.length > 0 && { suggestions }),
    ...(related.length > 0 && {
      related_locations: related.map((one: Related<Location>) => ({
        message: one.note,
        location: location(one.at, report),
      })),
    }),
  };
}

function location(at: Location, report: Report): Json {
  const starts = lineStarts(report.read(at.file) ?? "");
  const { line, column, endLine, endColumn } = at;
  const position = (offset: number, ofLine: number, fallback: number) => ({
    line: ofLine,
    column: byteColumn(report.read(at.file), starts[ofLine - 1], offset) ?? fallback,
  });
  const range = {
    start: position(at.start, line, column),
    end: position(at.end, endLine, endColumn),
  };
  return { path: at.file, range };
}

function byteColumn(
  text: string | undefined,
  start: number | undefined,
  offset: number,
): number | undefined {
  if (text === undefined || start === undefined) return undefined;
  return Buffer.byteLength(text.slice(start, offset), "utf8") + 1;
}

/** A fix of several edits is a single change that the format cannot say; those of one edit in this file it can. */
function suggestionsOf({ edits }: Fix, file: string, report: Report): Json[] {
  const [edit, ...others] = edits;
  const text = report.read(file);
  if (!edit || others.length > 0 || edit.file !== file || text === undefined) return [];
  const starts = lineStarts(text);
  const at = (offset: number) => {
    const line = lineAt(starts, offset);
    return { line, column: byteColumn(text, starts[line - 1], offset) };
  };
  return [{ range: { start: at(edit.start), end: at(edit.end) }, text: edit.text }];
}
