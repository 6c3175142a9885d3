import type { Logger } from "pino";
import type { Installations } from "../../adapters/github/installations.ts";

/** GitHub keeps deliveries for three days, and sends none again by itself. */
const PER_PAGE = 100;
const MOST_PAGES = 20;
/** A delivery that failed so often is one that we cannot take. */
const MOST_ATTEMPTS = 5;
/** Of one sweep, so that a long outage comes back piece by piece. */
const MOST_REDELIVERED = 200;

interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly status_code: number;
}

/** Asks GitHub to send again what it could not deliver; answers how many. A known delivery makes no second job. */
export async function sweepDeliveries(installations: Installations, log: Logger): Promise<number> {
  const client = installations.app();
  const byGuid = new Map<string, Delivery[]>();
  let pages = 0;
  const parameters = { per_page: PER_PAGE };
  for await (const { data } of client.paginate.iterator(
    client.rest.apps.listWebhookDeliveries,
    parameters,
  )) {
    for (const delivery of data)
      byGuid.set(delivery.guid, [...(byGuid.get(delivery.guid) ?? []), delivery]);
    if (++pages >= MOST_PAGES) break;
  }
  const lost = [...byGuid.values()].filter(
    (attempts) => attempts.length < MOST_ATTEMPTS && !attempts.some(isTaken),
  );
  // The oldest first, in the order in which they were sent.
  const due = lost.reverse().slice(0, MOST_REDELIVERED);
  for (const [newest] of due)
    if (newest) await client.rest.apps.redeliverWebhookDelivery({ delivery_id: newest.id });
  if (due.length > 0) log.info({ count: due.length }, "asked GitHub to deliver again");
  return due.length;
}

function isTaken({ status_code: status }: Delivery): boolean {
  return status >= 200 && status < 300;
}

/**
 * Does what it is given now and every so often, one at a time; answers what ends it. What is being done then is not waited for, and
 * fails without a word: what it works with is taken away.
 */
export function startSweeping(
  sweeps: readonly (() => Promise<unknown>)[],
  log: Logger,
  milliseconds: number = 15 * 60_000,
): () => void {
  let isRunning = false;
  let isStopped = false;
  const failed = (err: unknown) => {
    if (!isStopped) log.warn({ err }, "a sweep failed");
  };
  const sweepAll = async () => {
    if (isRunning) return;
    isRunning = true;
    for (const sweep of sweeps) if (!isStopped) await sweep().catch(failed);
    isRunning = false;
  };
  const timer = setInterval(() => void sweepAll(), milliseconds);
  timer.unref();
  void sweepAll();
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
}
