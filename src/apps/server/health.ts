import type { QueueStatus, ReviewQueue } from "../../adapters/queue/review-queue.ts";
import { type Handler, pathOf } from "./intake.ts";
import type { Task } from "./read-task.ts";

/**
 * `/healthz`: the process answers. `/readyz`: its database does too, with what waits. `/metrics`: the same for Prometheus.
 * They tell numbers alone, and need no token.
 */
export function createHealth(queue: Pick<ReviewQueue<Task>, "status">): Handler {
  return async (request, response) => {
    const path = pathOf(request);
    if (request.method !== "GET") return false;
    if (path === "/healthz") {
      response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
      return true;
    }
    if (path !== "/readyz" && path !== "/metrics") return false;
    const status = await queue.status().catch(() => undefined);
    if (path === "/readyz") {
      const body = JSON.stringify(status ? { ready: true, queue: status } : { ready: false });
      response.writeHead(status ? 200 : 503, { "content-type": "application/json" }).end(body);
    } else {
      const body = status ? metrics(status) : "";
      response.writeHead(status ? 200 : 503, { "content-type": "text/plain; version=0.0.4" });
      response.end(body);
    }
    return true;
  };
}

/** Prometheus' text format. */
function metrics(status: QueueStatus): string {
  const lines = [
    "# HELP chokepoint_jobs Jobs in the queue.",
    "# TYPE chokepoint_jobs gauge",
    ...Object.entries(status).flatMap(([queue, counts]) =>
      Object.entries(counts).map(
        ([state, count]) => `chokepoint_jobs{queue="${queue}",state="${state}"} ${count}`,
      ),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
