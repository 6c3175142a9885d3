import type { Finding, Notice } from "../core/finding.ts";
import type { UnitResult } from "./analyze-unit.ts";
import { fingerprints, hashOf } from "./fingerprint.ts";
import type { Suppression } from "./suppressions.ts";
import { addUnderstood, NOTHING_UNDERSTOOD, type Understood } from "./understood.ts";

/** What a whole run came to. */
export interface AnalysisResult {
  /** In order of file, line, column, rule and message. */
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  /** In order of file, kind and message. */
  readonly notices: readonly Notice[];
  readonly understood: Understood;
}

/** Puts the results of units together; their order, and so the number of threads, makes no difference. */
export function mergeResults(results: readonly UnitResult[]): AnalysisResult {
  const findings = results
    .flatMap((result) => result.findings)
    .sort(byPlace)
    .filter(isFirst);
  const hashes = fingerprints(findings.map(({ identity }) => identity));
  return {
    findings: findings.map((finding, index) => ({
      ...finding,
      identity: hashOf(finding.identity),
      fingerprint: hashes[index] ?? "",
    })),
    suppressions: eachOnce(results.flatMap((result) => result.suppressions)),
    notices: results
      .flatMap((result) => result.notices)
      .sort(byFile)
      .filter(isFirstNotice),
    understood: results.reduce(
      (sum, result) => addUnderstood(sum, result.understood),
      NOTHING_UNDERSTOOD,
    ),
  };
}

/** A comment may have been read for two shares of a unit. */
function eachOnce(suppressions: readonly Suppression[]): Suppression[] {
  const byComment = new Map(
    suppressions.map((each) => [`${each.at.file}:${each.at.line}:${each.at.column}`, each]),
  );
  return [...byComment.values()];
}

type Placed = Pick<Finding, "at" | "rule" | "message">;

/** The order in which findings are shown. */
export function byPlace(one: Placed, other: Placed): number {
  return (
    compare(one.at.file, other.at.file) ||
    one.at.line - other.at.line ||
    one.at.column - other.at.column ||
    compare(one.rule, other.rule) ||
    compare(one.message, other.message)
  );
}

/** A file may be understood in two units (a package and its tests); what it is told is told once. */
function isFirst(finding: Placed, index: number, sorted: readonly Placed[]): boolean {
  const before = sorted[index - 1];
  return before === undefined || byPlace(before, finding) !== 0;
}

/** What is said of a package is said once, however many parts it was judged in. */
function isFirstNotice(notice: Notice, index: number, sorted: readonly Notice[]): boolean {
  const before = sorted[index - 1];
  return before === undefined || byFile(before, notice) !== 0;
}

function byFile(one: Notice, other: Notice): number {
  return (
    compare(one.file, other.file) ||
    compare(one.kind, other.kind) ||
    compare(one.message, other.message)
  );
}

/** By code units: the same everywhere, whatever the locale. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
