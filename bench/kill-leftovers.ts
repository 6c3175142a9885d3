import { createInstallations } from "../src/adapters/github/installations.ts";
import { type DatabasePlace, openDatabase } from "../src/adapters/queue/database.ts";
import { openReviewQueue } from "../src/adapters/queue/review-queue.ts";
import { openStore } from "../src/adapters/queue/store.ts";
import { createLogger } from "../src/apps/server/logger.ts";
import { reapChecks } from "../src/apps/server/reap.ts";
import type { FakeGitHub } from "../test/fake-github/fake-github.ts";

export interface Leftovers {
  /** Records of reviews that nobody worked at any more. */
  readonly reaped: number;
  /** Reviews that were given up, and are asked for again. */
  readonly revived: number;
}

/**
 * While no server runs: tells what is known of each check that is open, lets what is left behind grow a day old, and does what
 * the server does with such.
 */
export async function clearLeftovers(
  place: DatabasePlace,
  github: FakeGitHub,
  say: (line: string) => void,
): Promise<Leftovers> {
  const database = await openDatabase(place);
  const queue = await openReviewQueue(database, (error) => say(String(error)), { isVisitor: true });
  const open = github.world.checkRuns.filter(({ status }) => status !== "completed");
  for (const { head, status, externalId } of open) {
    const reviews = await database.query(
      "select head, outcome, started, ended from chokepoint.review where 'pull-' || pull = $1 order by started",
      [externalId],
    );
    const jobs = await database.query(
      "select name, state::text, retry_count, data->>'head' as head from pgboss.job where 'pull-' || (data->>'pull') = $1",
      [externalId],
    );
    say(JSON.stringify({ open: externalId, status, head, reviews, jobs }));
  }
  await database.query(
    "update chokepoint.review set started = started - interval '1 day' where ended is null",
  );
  await database.query(
    "update pgboss.job set created_on = created_on - interval '1 day' where name = 'reviews-dead'",
  );
  const { appId, privateKey, url: apiUrl } = github;
  const log = createLogger({ write: () => undefined });
  const reaped = await reapChecks(
    await openStore(database),
    createInstallations({ appId, privateKey, apiUrl }, 0),
    log,
  );
  const revived = await queue.revive();
  await queue.stop();
  return { reaped, revived };
}
