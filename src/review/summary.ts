import type { JudgedFinding, Notice } from "../core/finding.ts";
import { type Asides, findingLine, ignoredList, type Unseen, unseenList } from "./asides.ts";
import { summaryMarker } from "./marker.ts";
import type { ReviewPlan } from "./plan.ts";
import { cutAtLine, list } from "./text-list.ts";

/** GitHub refuses longer bodies; the hidden marker at the end is never cut. Characters. */
const LONGEST = 64_000;
/** Findings that a marker has room for; those beyond are listed by a later review. */
const MOST_MARKED = 2_000;

/** What was not looked at, of the notices of a run: in order of file. */
export function unseenOf(notices: readonly Notice[]): Unseen[] {
  return notices.map(({ file, message }) => ({ file, why: message }));
}

/**
 * The body of the review itself: counts, what no line of the diff could carry, what was beyond the most comments, what was
 * silenced, what was not looked at. Undefined where there is nothing to say.
 */
export function reviewSummary(
  plan: ReviewPlan,
  { unseen, ignored, lines }: Asides,
): string | undefined {
  const { findings, comments, unplaced, omitted } = plan;
  if (comments.length === 0 && unplaced.length === 0 && omitted.length === 0) return undefined;
  const inComments = new Set(comments.flatMap(({ fingerprints }) => fingerprints));
  const listed = [...unplaced, ...omitted];
  // What an earlier review has said is not said again.
  const told = findings.filter(
    (finding) => inComments.has(finding.fingerprint) || listed.includes(finding),
  );
  const paragraphs = [
    `**Chokepoint** found ${counted(told)} in this change.`,
    list(
      "Outside of the diff:",
      unplaced.map((one) => findingLine(one, lines)),
    ),
    list(
      "Beyond the number of comments that is allowed here:",
      omitted.map((one) => findingLine(one, lines)),
    ),
    ignoredList(ignored),
    unseenList(unseen),
  ];
  const text = paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
  const marked = listed.slice(0, MOST_MARKED).map(({ fingerprint }) => fingerprint);
  const hidden = marked.length > 0 ? `\n\n${summaryMarker(marked)}` : "";
  return `${cutAtLine(text, LONGEST - hidden.length)}${hidden}\n`;
}

/** Findings by severity: `2 errors, 1 remark`. */
export function counted(findings: readonly JudgedFinding[]): string {
  const counts = (["error", "warning", "info"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const noun = severity === "info" ? "remark" : severity;
    return count === 0 ? [] : [`${count} ${noun}${count === 1 ? "" : "s"}`];
  });
  return counts.join(", ");
}
