import type { ConfigProblem } from "../config/config.ts";
import type { JudgedFinding } from "../core/finding.ts";
import type { Location } from "../core/position.ts";
import { type ChangedFile, touches } from "../engine/diff.ts";
import type { Dismissal } from "./dismissals.ts";
import { inlineCode, linked, neutralText, sentence } from "./neutral-text.ts";
import { list } from "./text-list.ts";

/** Something that a review did not look at, and why. */
export interface Unseen {
  readonly file: string;
  readonly why: string;
}

/** What the change's own configuration would do; it holds once it is merged. */
export type ConfigPreview =
  | { readonly kind: "broken"; readonly problems: readonly ConfigProblem[] }
  | {
      readonly kind: "usable";
      /** What it would say about this change that today's does not, and the other way round. */
      readonly more: readonly JudgedFinding[];
      readonly fewer: readonly JudgedFinding[];
    };

/** What a review says besides what it found. */
export interface Asides {
  readonly unseen: readonly Unseen[];
  /** Findings that an ignore silences which the change itself brings: whoever approves it should know. */
  readonly ignored?: readonly JudgedFinding[];
  /** Findings that are not told, since somebody dismissed them. */
  readonly dismissed?: readonly DismissedFinding[];
  readonly preview?: ConfigPreview | undefined;
  /** A sentence about what could not be done; markdown. */
  readonly note?: string | undefined;
  /** The address of a line of the reviewed commit. */
  lines?(at: Location): string | undefined;
}

/** A finding that is not told, and who did not want to hear of it. */
export interface DismissedFinding {
  readonly finding: JudgedFinding;
  readonly by: Dismissal;
}

/** The findings that are silenced by comments on lines that a change added. */
export function newlyIgnored(
  findings: readonly JudgedFinding[],
  changes: readonly ChangedFile[],
): JudgedFinding[] {
  return findings.filter(({ verdict }) => {
    if (verdict.kind !== "suppressed") return false;
    const { file, line } = verdict.by;
    return changes.some((change) => change.file === file && touches(change.added, line));
  });
}

/** What was not looked at, as a list; empty where everything was. */
export function unseenList(unseen: readonly Unseen[]): string {
  return list(
    "Not looked at:",
    unseen.map(({ file, why }) => `${inlineCode(file)}: ${neutralText(why)}`),
  );
}

/** What is ignored by this change's own comments, with their reasons; empty where nothing is. */
export function ignoredList(ignored: readonly JudgedFinding[] = []): string {
  return list(
    "Silenced by comments that this change adds:",
    ignored.map((finding) => {
      const reason = finding.verdict.kind === "suppressed" ? finding.verdict.reason : undefined;
      return `${findingLine(finding)}${reason ? `: ${neutralText(reason)}` : ""}`;
    }),
  );
}

/** What people do not want to hear again, and who says so; empty where there is nothing. */
export function dismissedList(dismissed: readonly DismissedFinding[] = []): string {
  return list(
    "Dismissed before, and not told again:",
    dismissed.map(({ finding, by: { author, reason } }) => {
      const why = reason === "" ? "" : `: ${neutralText(reason)}`;
      return `${findingLine(finding)}, by ${inlineCode(author)}${why}`;
    }),
  );
}

/** What the change's own configuration would do. */
export function previewText(preview: ConfigPreview | undefined): string {
  if (!preview) return "";
  if (preview.kind === "broken")
    return list(
      "The configuration of this change cannot be used; today's holds until it is merged:",
      preview.problems.map(({ file, line, message }) => neutralText(`${file}:${line}: ${message}`)),
    );
  const { more, fewer } = preview;
  if (more.length === 0 && fewer.length === 0)
    return "The configuration of this change holds once it is merged; about this change it says the same as today's.";
  return [
    "The configuration of this change holds once it is merged.",
    list(
      "It would say about this change as well:",
      more.map((finding) => findingLine(finding)),
    ),
    list(
      "It would not say any more:",
      fewer.map((finding) => findingLine(finding)),
    ),
  ]
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** A finding as a line of a list. */
export function findingLine({ at, message, rule }: JudgedFinding, lines?: Asides["lines"]): string {
  const place = linked(inlineCode(`${at.file}:${at.line}`), lines?.(at));
  return `${place} ${sentence(message)} (${inlineCode(rule)})`;
}
