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

/** Tells of reviews that have to wait. */
export interface Announcer {
  /** Later, beside all other work. */
  announce(request: ReviewRequest): void;
  /** An announcement of this pull request that is under way here has ended. */
  settled(request: ReviewRequest): Promise<void>;
  /** Begins no more, and waits for what is under way. */
  stop(): Promise<void>;
}

/**
 * Opens the check of a review that has to wait, as queued: one after the other for each installation, and only where the
 * review still waits. A review waits for an announcement that is under way, and takes its check over. One that another process
 * began meanwhile may have missed it: so the review is asked for once more after the check is there, or may be.
 */
export function createAnnouncer(world: AnnouncerWorld): Announcer {
  const { queue, store, installations, log } = world;
  const lines = new Map<number, { last: Promise<void>; length: number }>();
  const underWay = new Map<string, Promise<void>>();
  let isStopping = false;

  async function announceNow(request: ReviewRequest): Promise<void> {
    const { installation, repository, owner, name, pull, head } = request;
    if (!(await queue.isWaiting(request))) return;
    if (await store.dismissals(request).isPaused(pull)) return;
    const client = await installations.client({ installation, repository });
    const entry = await store.reviews.announce(request);
    let isThere = true;
    try {
      isThere = await queueCheck(client, { owner, repo: name }, head, checkId(pull));
    } finally {
      // Where there was no answer it may be there as well. A review that began meanwhile has not seen it.
      if (isThere) {
        await store.reviews.announced(entry);
        await queue.request(request);
      } else await store.reviews.withdraw(entry);
    }
  }

  async function announceWhenDue(request: ReviewRequest, due: number): Promise<void> {
    await pause(Math.max(0, due - Date.now()));
    if (isStopping) return;
    const announced = announceNow(request).catch((err: unknown) => {
      const { repository, pull } = request;
      log.warn({ repository, pull, err }, "a review is not announced");
    });
    const key = keyOf(request);
    underWay.set(key, announced);
    await announced;
    underWay.delete(key);
  }

  return {
    announce(request) {
      const { installation, head } = request;
      const line = lines.get(installation) ?? { last: Promise.resolve(), length: 0 };
      if (head === "" || line.length >= MOST_WAITING) return;
      const due = Date.now() + SOON;
      line.length++;
      line.last = line.last
        .then(() => announceWhenDue(request, due))
        .finally(() => {
          if (--line.length === 0) lines.delete(installation);
        });
      lines.set(installation, line);
    },
    settled: async (request) => underWay.get(keyOf(request)),
    async stop() {
      isStopping = true;
      await Promise.all(underWay.values());
    },
  };
}

function keyOf({ repository, pull }: ReviewRequest): string {
  return `${repository}#${pull}`;
}
