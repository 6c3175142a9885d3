import type { Fix, JudgedFinding, Notice, Severity, Trace } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import { lineStarts } from "../core/position.ts";
import type { Rule } from "../core/rule.ts";
import type { Report, Reporter } from "./report.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * SARIF 2.1.0: each trace a code flow with a thread flow for each goroutine or task, fingerprints for who compares runs,
 * suppressed findings with their reason.
 */
export const sarif: Reporter = (report) => {
  const { tool, rules, findings, notices } = report;
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const run = {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        rules: rules.map(descriptor),
      },
    },
    columnKind: "utf16CodeUnits",
    results: findings.flatMap((finding) => result(finding, indices.get(finding.rule), report)),
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: notices.map(notification) },
    ],
  };
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [run],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};
/** What code scanning sorts by. */
const PRECISION = { high: "very-high", medium: "high", low: "medium" } as const;

function descriptor({ id, severity, confidence = "high", group, docs }: Rule): Json {
  return {
    id,
    shortDescription: { text: docs.summary },
    fullDescription: { text: docs.why },
    help: {
      text: `${docs.why}\n\n${docs.instead}`,
      markdown: `${docs.why}\n\n**What to do:** ${docs.instead}`,
    },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["concurrency", group], precision: PRECISION[confidence] },
  };
}

function result(finding: JudgedFinding, ruleIndex: number | undefined, report: Report): Json[] {
  const { verdict, rule, severity, message, at, related, trace, fixes, fingerprint } = finding;
  if (verdict.kind !== "report" && verdict.kind !== "suppressed") return [];
  return [
    {
      ruleId: rule,
      ...(ruleIndex === undefined ? {} : { ruleIndex }),
      level: LEVELS[severity],
      message: { text: message },
      locations: [location(at)],
      ...(related.length > 0 && {
        relatedLocations: related.map((one, id) => ({ id, ...location(one.at, one.note) })),
      }),
      ...(trace && { codeFlows: [codeFlow(trace)] }),
      ...(fixes.length > 0 && { fixes: fixes.map((fix) => fixOf(fix, report)) }),
      partialFingerprints: { "chokepoint/v1": fingerprint },
      ...(verdict.kind === "suppressed" && {
        suppressions: [
          {
            kind: "inSource",
            ...(verdict.reason === undefined ? {} : { justification: verdict.reason }),
            location: location(verdict.by),
          },
        ],
      }),
      properties: { confidence: finding.confidence },
    },
  ];
}

function location(at: Location, text?: string): Json {
  return {
    physicalLocation: {
      artifactLocation: { uri: uri(at.file) },
      region: {
        startLine: at.line,
        startColumn: at.column,
        endLine: at.endLine,
        endColumn: at.endColumn,
      },
    },
    ...(text === undefined ? {} : { message: { text } }),
  };
}

/** The order over all threads is `executionOrder`, which counts from 1. */
function codeFlow({ threads, steps }: Trace<Location>): Json {
  return {
    message: { text: "how it happens" },
    threadFlows: threads.map((name, thread) => ({
      id: name,
      message: { text: name },
      locations: steps.flatMap((step, index) =>
        step.thread === thread
          ? [
              {
                location: location(step.at, step.action),
                executionOrder: index + 1,
                importance: step.waits ? "essential" : "important",
              },
            ]
          : [],
      ),
    })),
  };
}

function fixOf({ description, edits }: Fix, report: Report): Json {
  const files = [...new Set(edits.map(({ file }) => file))];
  return {
    description: { text: description },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uri(file) },
      replacements: edits
        .filter((edit) => edit.file === file)
        .map(({ start, end, text }) => ({
          deletedRegion: regionOf(report.read(file) ?? "", start, end),
          insertedContent: { text },
        })),
    })),
  };
}

function regionOf(text: string, start: number, end: number): Json {
  const starts = lineStarts(text);
  const at = (offset: number) => {
    const after = starts.findIndex((one) => one > offset);
    const line = after === -1 ? starts.length : after;
    return { line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
  const [from, to] = [at(start), at(end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

function notification({ file, kind, message }: Notice): Json {
  return {
    level: kind === "internal" ? "error" : "warning",
    message: { text: message },
    descriptor: { id: kind },
    locations: [{ physicalLocation: { artifactLocation: { uri: uri(file) } } }],
  };
}

/** A relative reference: each part of the path escaped, since names may hold anything. */
function uri(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
