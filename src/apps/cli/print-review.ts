import { json } from "../../reporters/json.ts";
import type { Report, Reporter } from "../../reporters/report.ts";
import type { Unseen } from "../../review/asides.ts";
import type { PlannedComment, ReviewPlan } from "../../review/plan.ts";

/** What a review would say. Paths are those of the repository, as a pull request shows them. */
export interface PrintedReview {
  readonly plan: ReviewPlan;
  readonly summary: string | undefined;
  readonly unseen: readonly Unseen[];
}

/** The formats that a review prints in its own way: the comments as they would be posted, and the JSON contract. */
export function printReview(review: PrintedReview): Readonly<Record<string, Reporter>> {
  return {
    pretty: (report) => text(review, report),
    json: (report) => {
      const { plan, summary, unseen } = review;
      const whole = {
        ...JSON.parse(json(report)),
        comments: plan.comments,
        summary: summary ?? null,
        unseen,
      };
      return `${JSON.stringify(whole, null, 2)}\n`;
    },
  };
}

/** The same where there is no run of our own to report: a pull request that was read from GitHub. */
export function printedReview(review: PrintedReview, isJson: boolean): string {
  const { plan, summary = null, unseen } = review;
  if (!isJson) return text(review, { color: false });
  return `${JSON.stringify({ comments: plan.comments, summary, unseen }, null, 2)}\n`;
}

function text({ plan, summary, unseen }: PrintedReview, { color }: Pick<Report, "color">): string {
  const title = (words: string) => (color ? `\u001b[1m${words}\u001b[0m` : words);
  const comments = plan.comments.map(
    (comment) => `${title(`━━ ${placeOf(comment)} ━━`)}\n\n${comment.body.trimEnd()}\n`,
  );
  const end = summary === undefined ? nothing(unseen) : `${title("━━ summary ━━")}\n\n${summary}`;
  return [...comments, end].filter((part) => part !== "").join("\n");
}

function placeOf({ file, line, startLine }: PlannedComment): string {
  return `${file}:${startLine === undefined ? line : `${startLine}-${line}`}`;
}

function nothing(unseen: readonly Unseen[]): string {
  if (unseen.length === 0) return "";
  const lines = unseen.map(({ file, why }) => `- ${file}: ${why}`);
  return `Nothing to say about what was looked at. Not looked at:\n\n${lines.join("\n")}\n`;
}
