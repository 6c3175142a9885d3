import type { Logger } from "pino";
import { RateLimited } from "../../adapters/github/client.ts";
import { createGitHubHost } from "../../adapters/github/github-host.ts";
import type { Installations } from "../../adapters/github/installations.ts";
import type { ReviewQueue, ReviewRequest } from "../../adapters/queue/review-queue.ts";
import type { Rule } from "../../core/rule.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import type { Analyst } from "../../review/ports.ts";
import { type ReviewOutcome, reviewPull } from "../../review/review.ts";
import type { Task } from "./read-task.ts";

/** What the handlers of queued work need. */
export interface TaskWorld {
  readonly queue: Pick<ReviewQueue<Task>, "request">;
  readonly installations: Installations;
  readonly analyst: Analyst;
  readonly rules: readonly Rule[];
  readonly log: Logger;
}

/** Does what deliveries asked for. Each handler may run again after a crash, and then ends the same. */
export function createTaskHandlers({ queue, installations, analyst, rules, log }: TaskWorld) {
  const isSource = (path: string) => languageOf(path, languages) !== undefined;

  async function review(request: ReviewRequest): Promise<ReviewOutcome> {
    const { owner, name, pull } = request;
    const [client, login] = await Promise.all([
      installations.client(request),
      installations.login(),
    ]);
    const host = createGitHubHost({ client, owner, name, pull, login, isSource });
    return reviewPull({ host, analyst, rules, pages: () => undefined, isSource });
  }

  return {
    async delivery(task: Task): Promise<void> {
      if (task.kind === "review") await queue.request(task);
    },
    async review(request: ReviewRequest): Promise<void> {
      const about = { repository: request.repository, pull: request.pull };
      try {
        const outcome = await review(request);
        log.info({ ...about, ...facts(outcome) }, "reviewed");
        // The delivery that told of the newer head may be lost, or be this one's own.
        if (outcome.kind === "superseded") await queue.request({ ...request, head: outcome.head });
      } catch (error) {
        if (!(error instanceof RateLimited)) throw error;
        log.warn({ ...about, seconds: error.seconds }, "GitHub asks to wait");
        await queue.request(request, { after: error.seconds });
      }
    },
  };
}

/** What is told of an outcome in the log: numbers and reasons, nothing that the repository wrote. */
function facts(outcome: ReviewOutcome): object {
  if (outcome.kind !== "reviewed") return { outcome: outcome.kind };
  const { plan, head } = outcome;
  return {
    outcome: "reviewed",
    head,
    findings: plan.findings.length,
    comments: plan.comments.length,
    fixed: plan.fixed.length,
  };
}
