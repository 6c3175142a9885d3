import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { checkId, queueCheck } from "../../adapters/github/check.ts";
import type { Installations } from "../../adapters/github/installations.ts";
import type { ReviewQueue, ReviewRequest } from "../../adapters/queue/review-queue.ts";
import type { Store } from "../../adapters/queue/store.ts";
import type { Task } from "./read-task.ts";

/** What begins sooner needs no announcement. Milliseconds. */
const SOON = 1_000;
/** Of one installation; a burst is worked off rather than announced. */
const MOST_WAITING = 50;

interface AnnouncerWorld {
  readonly queue: Pick<ReviewQueue<Task>, "request" | "isWaiting">;
  readonly store: Store;
  readonly installations: Pick<Installations, "client">;
  readonly log: Logger;
}

/**
 * Opens the check of a review that has to wait, as queued: one after the other for each installation, beside all other work,
 * and only where the review still waits. The review takes the check over. One that began meanwhile may have missed it: so the
 * review is asked for once more after the check is there, and whatever ends us in between is put right by the next review, or
 * by who reaps.
 */
export function createAnnouncer(world: AnnouncerWorld): (request: ReviewRequest) => void {
  const { queue, store, installations, log } = world;
  const lines = new Map<number, { last: Promise<void>; length: number }>();

  async function announce(request: ReviewRequest, due: number): Promise<void> {
    await pause(Math.max(0, due - Date.now()));
    const { installation, repository, owner, name, pull, head } = request;
    if (!(await queue.isWaiting(request))) return;
    if (await store.dismissals(request).isPaused(pull)) return;
    await store.reviews.announce(request);
    const client = await installations.client({ installation, repository });
    const isNew = await queueCheck(client, { owner, repo: name }, head, checkId(pull));
    if (isNew) await queue.request(request);
  }

  return (request) => {
    const { installation, repository, pull, head } = request;
    const line = lines.get(installation) ?? { last: Promise.resolve(), length: 0 };
    if (head === "" || line.length >= MOST_WAITING) return;
    const due = Date.now() + SOON;
    line.length++;
    line.last = line.last
      .then(() => announce(request, due))
      .catch((err: unknown) => log.warn({ repository, pull, err }, "a review is not announced"))
      .finally(() => {
        if (--line.length === 0) lines.delete(installation);
      });
    lines.set(installation, line);
  };
}
