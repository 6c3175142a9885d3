import type { ConfigProblem } from "../config/config.ts";
import { ORGANIZATION } from "../config/configs.ts";
import type { JudgedFinding } from "../core/finding.ts";
import { type Asides, dismissedList, ignoredList, previewText, unseenList } from "./asides.ts";
import { fenced, neutralText } from "./neutral-text.ts";
import type { ReviewPlan } from "./plan.ts";
import { counted } from "./summary.ts";

/** How a check ends. neutral: there is something to read, and nothing is blocked. */
export type CheckConclusion = "success" | "neutral" | "failure" | "timed_out";

/** A note on a line of a file, beside the comments. */
export interface Annotation {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** What a check says. */
export interface CheckReport {
  readonly title: string;
  readonly summary: string;
  /** Below the summary: what holds, for who wants to know. */
  readonly text?: string;
  readonly annotations: readonly Annotation[];
  /** Whether a button offers to ignore what is found. */
  readonly isIgnorable: boolean;
}

const LEVELS = { error: "failure", warning: "warning", info: "notice" } as const;

/** What the check says of a review that was made, and of the configuration that it was made with. */
export function checkReport(
  plan: ReviewPlan,
  { unseen, ignored, dismissed, preview, note }: Asides,
  configuration: string,
): CheckReport {
  const { findings } = plan;
  const what = findings.length === 0 ? "No findings" : capitalised(counted(findings));
  return {
    title: what,
    summary: [
      findings.length === 0 ? "Nothing to say about this change." : `${what} in this change.`,
      ignoredList(ignored),
      dismissedList(dismissed),
      note ?? "",
      previewText(preview),
      unseenList(unseen),
    ]
      .filter((paragraph) => paragraph !== "")
      .join("\n\n"),
    text: `Configured by the branch that the change goes into:\n\n${fenced("yaml", configuration)}`,
    annotations: [
      ...findings.map(annotation),
      ...(preview?.kind === "broken" ? preview.problems.map(problemAnnotation) : []),
    ],
    isIgnorable: findings.length > 0,
  };
}

/** A check without findings: why there was no review. */
export function plainReport(
  title: string,
  summary: string,
  annotations: readonly Annotation[] = [],
): CheckReport {
  return { title, summary, annotations, isIgnorable: false };
}

/** The host does not let us. */
export function permissionMissing({ message }: Error): CheckReport {
  return plainReport("A permission is missing", `${message}.`);
}

/** The change is left alone. */
export function notReviewed(why: string): CheckReport {
  return plainReport("Not reviewed", `Not reviewed: ${why}.`);
}

/** A configuration that cannot be used: each problem at its line. */
export function configReport(problems: readonly ConfigProblem[]): CheckReport {
  return plainReport(
    "The configuration cannot be used",
    problems
      .map(({ file, line, message }) => `- ${neutralText(`${file}:${line}: ${message}`)}`)
      .join("\n"),
    // The owner's own configuration is in another repository.
    problems.filter(({ file }) => file !== ORGANIZATION).map(problemAnnotation),
  );
}

function problemAnnotation({ file, line, message }: ConfigProblem): Annotation {
  return { file, line, endLine: line, level: "failure", title: "chokepoint/config", message };
}

/** An annotation is shown as plain text: nothing in it is interpreted. */
function annotation({ at, severity, rule, message }: JudgedFinding): Annotation {
  const { file, line, endLine } = at;
  return { file, line, endLine, level: LEVELS[severity], title: rule, message };
}

function capitalised(text: string): string {
  return (text[0] ?? "").toUpperCase() + text.slice(1);
}
