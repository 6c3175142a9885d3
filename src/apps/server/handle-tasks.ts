import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import {
  answerMergeGroup,
  checkId,
  closeCheck,
  pullsChecked,
} from "../../adapters/github/check.ts";
import { createConversation } from "../../adapters/github/conversation.ts";
import { createGitHubHost } from "../../adapters/github/github-host.ts";
import type { Installations } from "../../adapters/github/installations.ts";
import type { ReviewQueue, ReviewRequest } from "../../adapters/queue/review-queue.ts";
import type { Store } from "../../adapters/queue/store.ts";
import type { Rule } from "../../core/rule.ts";
import { languageOf } from "../../engine/language-of.ts";
import { languages } from "../../languages/registry.ts";
import { notReviewed, permissionMissing } from "../../review/check-report.ts";
import { describeConfiguration } from "../../review/configuration.ts";
import { converse, dismissAll } from "../../review/conversation.ts";
import { type Analyst, ComeBackLater, MissingPermission } from "../../review/ports.ts";
import { type ReviewOutcome, reviewPull } from "../../review/review.ts";
import { scanReport } from "../scan-report.ts";
import { createAnnouncer } from "./announce.ts";
import { loggedReview } from "./logged-review.ts";
import type { Task } from "./read-task.ts";

/** What the handlers of queued work need. */
export interface TaskWorld {
  readonly queue: Pick<ReviewQueue<Task>, "request" | "isWaiting" | "commandsOf">;
  readonly store: Store;
  readonly installations: Installations;
  readonly analyst: Analyst;
  readonly rules: readonly Rule[];
  /** The address of a rule's page. */
  pages(rule: string): string | undefined;
  readonly log: Logger;
}

/** Of one person in an hour; more are not answered. */
const MOST_COMMANDS = 60;

/** A pull request, whichever head it has: reviews are always of the newest. */
type PullTask = Omit<ReviewRequest, "head">;

/** Does what deliveries asked for. Each handler may run again after a crash, and then ends the same. */
export function createTaskHandlers(world: TaskWorld) {
  const { queue, store, installations, analyst, rules, pages, log } = world;
  const announcer = createAnnouncer(world);
  const isSource = (path: string) => languageOf(path, languages) !== undefined;

  async function openPull(task: PullTask) {
    const { owner, name, pull } = task;
    const [client, login] = await Promise.all([installations.client(task), installations.login()]);
    const host = createGitHubHost({
      client,
      owner,
      name,
      pull,
      login,
      isSource,
      ownersClient: () => installations.ownersClient(task.installation),
      clientWith: (extra) => installations.clientWith(task, extra),
    });
    return { client, login, host, place: { owner, repo: name, pull_number: pull } };
  }

  async function review(
    request: ReviewRequest,
    isLastTry: boolean,
    reference: string,
  ): Promise<ReviewOutcome> {
    await announcer.settled(request);
    const dismissals = store.dismissals(request);
    const { client, host } = await openPull(request);
    const repository = { owner: request.owner, repo: request.name };
    const known = await dismissals.list(request.pull);
    return loggedReview(store.reviews, request, host, {
      closeCheck: (head, why) =>
        closeCheck(
          client,
          repository,
          head,
          checkId(request.pull),
          why ? notReviewed(why) : undefined,
        ),
      review: async (watched) => {
        if (await dismissals.isPaused(request.pull))
          return { kind: "skipped", why: "it is paused" };
        return reviewPull({
          host: watched,
          analyst,
          rules,
          pages,
          isSource,
          isLastTry,
          reference,
          readsAnswers: true,
          dismissals: known,
          sarif: (findings, read) => scanReport(rules, findings, read),
        }).catch(async (error: unknown) => {
          // Not even the pull request may be read: its check says so, at the commit that we were told of.
          if (!(error instanceof MissingPermission)) throw error;
          const check = request.head === "" ? undefined : await watched.startCheck(request.head);
          await check?.finish("neutral", permissionMissing(error));
          return { kind: "failed", why: error.message };
        });
      },
    });
  }

  async function command(task: Task & { readonly kind: "command" }): Promise<void> {
    const { pull, comment, isOnDiff, inReplyTo, author } = task;
    if ((await queue.commandsOf(author)) > MOST_COMMANDS) {
      log.warn({ author, pull, repository: task.repository }, "too many commands: not answered");
      return;
    }
    const { client, login, host, place } = await openPull(task);
    await converse(task, {
      pull,
      conversation: createConversation(client, { ...place, comment, isOnDiff, inReplyTo }, login),
      dismissals: store.dismissals(task),
      rules,
      requestReview: () => queue.request(requestOf(task)),
      configuration: () => describeConfiguration({ host, analyst, isSource }),
    });
  }

  async function ignoreAll(task: Task & { readonly kind: "ignore-all" }): Promise<void> {
    const { client, login, host, place } = await openPull(task);
    const at = { ...place, comment: 0, isOnDiff: false };
    if (!(await createConversation(client, at, login).mayCommand(task.author))) return;
    await dismissAll(task.author, { pull: task.pull, host, dismissals: store.dismissals(task) });
    await queue.request(requestOf(task));
  }

  async function rerun(task: Task & { readonly kind: "rerun" }): Promise<void> {
    const client = await installations.client(task);
    const known = await pullsChecked(client, { owner: task.owner, repo: task.name }, task.head);
    for (const pull of new Set([...task.pulls, ...known]))
      await queue.request(requestOf({ ...task, pull }));
  }

  async function delivery(task: Task): Promise<void> {
    switch (task.kind) {
      case "review":
        await queue.request(requestOf(task));
        announcer.announce(requestOf(task));
        return;
      case "closed":
        // A review that waits sees that it is closed, and ends.
        return;
      case "command":
        return command(task);
      case "ignore-all":
        return ignoreAll(task);
      case "rerun":
        return rerun(task);
      case "merge-group": {
        const client = await installations.client(task);
        return answerMergeGroup(client, { owner: task.owner, repo: task.name }, task.head);
      }
      case "granted":
        return installations.forget(task.installation);
      case "uninstalled":
        installations.forget(task.installation);
        await store.wipe(task.installation, task.repositories);
        log.info({ installation: task.installation }, "forgotten, since it was taken away");
        return;
    }
  }

  return {
    delivery,
    /** Ends what goes on beside the work. */
    stop: () => announcer.stop(),
    async review(request: ReviewRequest, isLastTry: boolean): Promise<void> {
      const reference = randomUUID().slice(0, 8);
      const about = { reference, repository: request.repository, pull: request.pull };
      try {
        const outcome = await review(request, isLastTry, reference);
        log.info({ ...about, head: request.head, ...facts(outcome) }, "reviewed");
        // The delivery that told of the newer head may be lost, or be this one's own.
        if (outcome.kind === "superseded") await queue.request({ ...request, head: outcome.head });
      } catch (error) {
        if (!(error instanceof ComeBackLater)) {
          log.error({ ...about, head: request.head, err: error }, "a review failed");
          throw error;
        }
        log.warn({ ...about, seconds: error.seconds }, "GitHub asks to wait");
        await queue.request(request, { after: error.seconds });
      }
    },
  };
}

/** What the queue keeps of a task that leads to a review. */
function requestOf(task: PullTask & { readonly head?: string }): ReviewRequest {
  const { installation, repository, owner, name, pull, head = "" } = task;
  return { installation, repository, owner, name, pull, head };
}

/** What is told of an outcome in the log: numbers and reasons, nothing that the repository wrote. */
function facts(outcome: ReviewOutcome): object {
  if (outcome.kind === "failed") return { outcome: "failed", why: firstLine(outcome.why) };
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

/** Of a crash: how it ended, and where in our own code. What follows may quote what it looked at. */
function firstLine(why: string): string {
  return why.split("\n", 1)[0] ?? "";
}
