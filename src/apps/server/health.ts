import type { ReviewTotal } from "../../adapters/queue/review-log.ts";
import type { QueueStatus, ReviewQueue } from "../../adapters/queue/review-queue.ts";
import type { Store } from "../../adapters/queue/store.ts";
import { type Handler, pathOf } from "./intake.ts";
import type { Task } from "./read-task.ts";

interface Health {
  readonly queue: QueueStatus;
  /** Since the last delivery; null where there was none. */
  readonly lastDeliverySeconds: number | null;
}

/**
 * `/healthz`: the process answers. `/readyz`: its database does too, with what waits and when something came. `/metrics`: the
 * same for Prometheus, and how reviews end. They tell numbers alone, and need no token.
 */
export function createHealth(
  queue: Pick<ReviewQueue<Task>, "status" | "lastDelivery">,
  { reviews }: Pick<Store, "reviews">,
): Handler {
  async function look(): Promise<Health> {
    const [status, last] = await Promise.all([queue.status(), queue.lastDelivery()]);
    const seconds = last && Math.max(0, Math.round((Date.now() - last.getTime()) / 1000));
    return { queue: status, lastDeliverySeconds: seconds ?? null };
  }

  return async (request, response) => {
    const path = pathOf(request);
    if (request.method !== "GET") return false;
    if (path === "/healthz") {
      response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
      return true;
    }
    if (path === "/readyz") {
      const health = await look().catch(() => undefined);
      const body = JSON.stringify({ ready: health !== undefined, ...health });
      response.writeHead(health ? 200 : 503, { "content-type": "application/json" }).end(body);
      return true;
    }
    if (path === "/metrics") {
      const body = await Promise.all([look(), reviews.totals()]).then(
        ([health, totals]) => metrics(health, totals),
        () => undefined,
      );
      response.writeHead(body === undefined ? 503 : 200, {
        "content-type": "text/plain; version=0.0.4",
      });
      response.end(body);
      return true;
    }
    return false;
  };
}

/** Prometheus' text format. Reviews are kept for eight days, so that their counts are no counters. */
function metrics({ queue, lastDeliverySeconds }: Health, totals: readonly ReviewTotal[]): string {
  return [
    gauge("chokepoint_jobs", "Jobs in the queue.", [
      ...Object.entries(queue).flatMap(([name, counts]) =>
        Object.entries(counts).map(
          ([state, count]) => [`{queue="${name}",state="${state}"}`, Number(count)] as const,
        ),
      ),
    ]),
    gauge(
      "chokepoint_last_delivery_seconds",
      "Since the last delivery.",
      lastDeliverySeconds === null ? [] : [["", lastDeliverySeconds]],
    ),
    gauge("chokepoint_reviews", "Reviews of the last eight days, by how they ended.", [
      ...totals.map(({ outcome, count }) => [`{outcome="${outcome}"}`, count] as const),
    ]),
    gauge("chokepoint_review_seconds", "What those took together.", [
      ...totals.map(({ outcome, seconds }) => [`{outcome="${outcome}"}`, seconds] as const),
    ]),
  ].join("");
}

function gauge(
  name: string,
  help: string,
  values: readonly (readonly [labels: string, value: number])[],
): string {
  const lines = values.map(([labels, value]) => `${name}${labels} ${value}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines, ""].join("\n");
}
