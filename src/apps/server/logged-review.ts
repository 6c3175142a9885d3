import type { ReviewLog } from "../../adapters/queue/review-log.ts";
import type { ReviewRequest } from "../../adapters/queue/review-queue.ts";
import type { CodeHost } from "../../review/ports.ts";
import type { ReviewOutcome } from "../../review/review.ts";

/**
 * Makes a review that the log knows of from when its commit is known. What an earlier one left behind when it was cut off, the
 * check of a commit that nobody looks at any more, is closed with `closeCheck`.
 */
export async function loggedReview(
  log: ReviewLog,
  request: ReviewRequest,
  host: CodeHost,
  {
    closeCheck,
    review,
  }: {
    closeCheck(head: string): Promise<void>;
    review(host: CodeHost): Promise<ReviewOutcome>;
  },
): Promise<ReviewOutcome> {
  let entry: string | undefined;
  const watched: CodeHost = {
    ...host,
    async startCheck(head) {
      for (const old of await log.abandoned(request, head)) await closeCheck(old);
      await log.settle(request);
      entry = await log.begin(request, head);
      return host.startCheck(head);
    },
  };
  try {
    const outcome = await review(watched);
    const counts =
      outcome.kind === "reviewed"
        ? { findings: outcome.plan.findings.length, comments: outcome.plan.comments.length }
        : {};
    if (entry !== undefined) await log.end(entry, { outcome: outcome.kind, ...counts });
    return outcome;
  } catch (error) {
    if (entry !== undefined) await log.fail(entry);
    throw error;
  }
}
