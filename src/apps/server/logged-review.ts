import type { ReviewLog } from "../../adapters/queue/review-log.ts";
import type { ReviewRequest } from "../../adapters/queue/review-queue.ts";
import type { CodeHost } from "../../review/ports.ts";
import type { ReviewOutcome } from "../../review/review.ts";

/**
 * Makes a review that the log knows of from when its commit is known. What was announced for another commit, or left behind by
 * a review that was cut off, is a check that nobody looks at any more: it is closed with `closeCheck`, and `why` where there is
 * nothing to review. Wherever we end, an entry that has not ended knows of each check that is open: this review's is there
 * before those whose checks it takes over are settled.
 */
export async function loggedReview(
  log: ReviewLog,
  request: ReviewRequest,
  host: CodeHost,
  {
    closeCheck,
    review,
  }: {
    closeCheck(head: string, why?: string): Promise<void>;
    review(host: CodeHost): Promise<ReviewOutcome>;
  },
): Promise<ReviewOutcome> {
  let entry: string | undefined;
  async function closeOthers(head: string, why?: string): Promise<void> {
    for (const old of await log.abandoned(request, head)) await closeCheck(old, why);
    await log.settle(request, entry);
  }
  const watched: CodeHost = {
    ...host,
    async startCheck(head) {
      entry = await log.begin(request, head);
      await closeOthers(head);
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
    else if ("why" in outcome) await closeOthers("", outcome.why);
    return outcome;
  } catch (error) {
    if (entry !== undefined) await log.fail(entry);
    throw error;
  }
}
