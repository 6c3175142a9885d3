import type { JudgedFinding } from "../core/finding.ts";
import type { Rule } from "../core/rule.ts";
import { type ChangedFile, type LineRange, touches } from "../engine/diff.ts";
import { type CommentPart, commentBody, type Pointers } from "./comment.ts";
import { readMarker } from "./marker.ts";
import { passesFilter, placesOf, type ReviewFilter } from "./review-filter.ts";
import { type Suggestion, suggestionFor } from "./suggestion.ts";

/** A comment that is there already. */
export interface ExistingComment {
  readonly id: number;
  readonly body: string;
}

export interface PlanRequest extends Pointers {
  /** At the end of the range, judged. */
  readonly findings: readonly JudgedFinding[];
  /** Those of them that the change brought. */
  readonly fresh: ReadonlySet<JudgedFinding>;
  readonly changes: readonly ChangedFile[];
  readonly filter: ReviewFilter;
  readonly maxComments: number;
  readonly rules: readonly Rule[];
  readonly existing: readonly ExistingComment[];
  /** Fingerprints that are told already in another place than a comment, or that somebody dismissed. */
  readonly told?: ReadonlySet<string>;
  /** The text of a file at the end of the range. */
  read(file: string): string | undefined;
}

/** A comment to write, on the right side of the diff, on lines that it shows. */
export interface PlannedComment {
  readonly file: string;
  readonly line: number;
  /** Before `line`, where the comment is about several lines. */
  readonly startLine?: number;
  readonly side: "RIGHT";
  readonly body: string;
  readonly fingerprints: readonly string[];
}

export interface ReviewPlan {
  /** What the review is about: findings that pass the filter, those without a place included, in order of place. */
  readonly findings: readonly JudgedFinding[];
  readonly comments: readonly PlannedComment[];
  /** Findings that no line of the diff can carry: the summary lists them. */
  readonly unplaced: readonly JudgedFinding[];
  /** Findings beyond the most comments that are allowed: the summary lists them. */
  readonly omitted: readonly JudgedFinding[];
  /** Ids of comments of ours whose findings are still there. */
  readonly kept: readonly number[];
  /** Ids of comments of ours whose findings are all gone. */
  readonly fixed: readonly number[];
}

/** Decides what a review says, and where. Pure: whoever publishes carries it out. */
export function planReview(request: PlanRequest): ReviewPlan {
  const { existing, maxComments } = request;
  const findings = request.findings.filter((finding) => passesFilter(finding, request));
  const placed = findings.flatMap((finding) => placeOf(finding, request) ?? []);
  const hasPlace = new Set(placed.map(({ part }) => part.finding));
  const present = new Set(
    request.findings.flatMap((one) => (one.verdict.kind === "report" ? [one.fingerprint] : [])),
  );
  const ours = existing.flatMap(({ id, body }) => {
    const fingerprints = readMarker(body);
    return fingerprints ? [{ id, fingerprints }] : [];
  });
  const told = new Set([
    ...ours.flatMap(({ fingerprints }) => fingerprints),
    ...(request.told ?? []),
  ]);
  const isNew = ({ fingerprint }: JudgedFinding) => !told.has(fingerprint);
  const news = placed.filter(({ part }) => isNew(part.finding));
  const ranked = grouped(news).sort(byRank);
  const isLive = ({ fingerprints }: { fingerprints: readonly string[] }) =>
    fingerprints.some((fingerprint) => present.has(fingerprint));
  return {
    findings,
    comments: ranked
      .slice(0, maxComments)
      .sort(byLine)
      .map((group) => comment(group, request)),
    unplaced: findings.filter((finding) => !hasPlace.has(finding) && isNew(finding)),
    omitted: ranked.slice(maxComments).flatMap(({ parts }) => parts.map(({ finding }) => finding)),
    kept: ours.filter(isLive).map(({ id }) => id),
    fixed: ours.filter((one) => !isLive(one)).map(({ id }) => id),
  };
}

interface Placed {
  readonly file: string;
  readonly lines: LineRange;
  readonly part: CommentPart;
}

function placeOf(finding: JudgedFinding, request: PlanRequest): Placed | undefined {
  const { at } = finding;
  const change = request.changes.find(({ file }) => file === at.file);
  const anchor = change && anchorOf(finding, change);
  if (!change || !anchor) return placeElsewhere(finding, request);
  const text = request.read(at.file);
  const suggestion: Suggestion | undefined =
    text === undefined || anchor.isMoved ? undefined : suggestionFor(finding, text, change.shown);
  const rule = request.rules.find(({ id }) => id === finding.rule);
  const part = { finding, rule, suggestion, isMoved: anchor.isMoved };
  return { file: at.file, lines: suggestion?.lines ?? anchor.lines, part };
}

/** A fault in a file that did not change stands at the first of its places that the change wrote. */
function placeElsewhere(finding: JudgedFinding, request: PlanRequest): Placed | undefined {
  for (const { file, line } of placesOf(finding)) {
    const change = request.changes.find((one) => one.file === file);
    if (!change || !touches(change.added, line)) continue;
    const rule = request.rules.find(({ id }) => id === finding.rule);
    const part = { finding, rule, suggestion: undefined, isMoved: true };
    return { file, lines: { from: line, to: line }, part };
  }
  return undefined;
}

/** Longer stretches are marked by their first line alone. */
const MOST_LINES = 10;

/** The finding's own lines where the diff shows them, else the nearest line that the change wrote, else that it shows. */
function anchorOf(
  { at }: JudgedFinding,
  { added, shown }: ChangedFile,
): { readonly lines: LineRange; readonly isMoved: boolean } | undefined {
  const own = shown.find(({ from, to }) => from <= at.line && at.line <= to);
  if (own) {
    const to = at.endLine <= own.to && at.endLine - at.line < MOST_LINES ? at.endLine : at.line;
    return { lines: { from: at.line, to }, isMoved: false };
  }
  const line = nearestLine(added, at.line) ?? nearestLine(shown, at.line);
  return line === undefined ? undefined : { lines: { from: line, to: line }, isMoved: true };
}

function nearestLine(ranges: readonly LineRange[], line: number): number | undefined {
  let best: number | undefined;
  for (const { from, to } of ranges) {
    const candidate = Math.min(Math.max(line, from), to);
    if (best === undefined || Math.abs(candidate - line) < Math.abs(best - line)) best = candidate;
  }
  return best;
}

interface Group {
  readonly file: string;
  readonly lines: LineRange;
  readonly parts: readonly CommentPart[];
}

/** One comment for each last line, where GitHub hangs it. A suggestion stands alone: none where lines have two. */
function grouped(placed: readonly Placed[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { file, lines, part } of placed) {
    const key = `${file}:${lines.to}`;
    const known = groups.get(key);
    const parts = [...(known?.parts ?? []), part];
    const from = Math.min(known?.lines.from ?? lines.from, lines.from);
    const alone =
      parts.length === 1 ? parts : parts.map((one) => ({ ...one, suggestion: undefined }));
    groups.set(key, { file, lines: { from, to: lines.to }, parts: alone });
  }
  const all = [...groups.values()];
  return all.map((group) =>
    all.some((other) => other !== group && overlap(group, other))
      ? withoutSuggestion(group)
      : group,
  );
}

/** Whether two comments would each replace a line: once one is taken, the other is no longer about what is there. */
function overlap(one: Group, other: Group): boolean {
  const suggests = ({ parts }: Group) => parts.some(({ suggestion }) => suggestion);
  return (
    one.file === other.file &&
    suggests(one) &&
    suggests(other) &&
    one.lines.from <= other.lines.to &&
    other.lines.from <= one.lines.to
  );
}

function withoutSuggestion(group: Group): Group {
  return { ...group, parts: group.parts.map((part) => ({ ...part, suggestion: undefined })) };
}

const RANKS = { error: 0, warning: 1, info: 2, high: 0, medium: 1, low: 2 } as const;

function byRank(one: Group, other: Group): number {
  return rankOf(one) - rankOf(other) || byLine(one, other);
}

function rankOf({ parts }: Group): number {
  return Math.min(...parts.map(({ finding }) => gravityRank(finding)));
}

/** The graver, and then the surer, the smaller. */
export function gravityRank({
  severity,
  confidence,
}: Pick<JudgedFinding, "severity" | "confidence">): number {
  return 3 * RANKS[severity] + RANKS[confidence];
}

function byLine(one: Group, other: Group): number {
  if (one.file !== other.file) return one.file < other.file ? -1 : 1;
  return one.lines.to - other.lines.to;
}

function comment({ file, lines, parts }: Group, request: PlanRequest): PlannedComment {
  return {
    file,
    line: lines.to,
    ...(lines.from < lines.to && { startLine: lines.from }),
    side: "RIGHT",
    body: commentBody(parts, request),
    fingerprints: parts.map(({ finding }) => finding.fingerprint),
  };
}
