import { createHash, timingSafeEqual } from "node:crypto";
import type { ReviewQueue } from "../../adapters/queue/review-queue.ts";
import { type Handler, pathOf } from "./intake.ts";
import type { Task } from "./read-task.ts";

/**
 * For who holds OPERATOR_TOKEN, as a bearer: `GET /operator/queue` tells what waits, `POST /operator/queue/redrive` puts dead
 * reviews back. Without a token in the settings both are closed.
 */
export function createOperator(
  queue: Pick<ReviewQueue<Task>, "status" | "redrive">,
  token: string | undefined,
): Handler {
  return async (request, response) => {
    const path = pathOf(request);
    if (!path.startsWith("/operator/")) return false;
    const send = (status: number, body: object) => {
      response.writeHead(status, {
        "content-type": "application/json",
        "cache-control": "no-store",
      });
      response.end(`${JSON.stringify(body)}\n`);
      return true;
    };
    const [, given = ""] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (token === undefined || !isSame(given, token)) return send(401, { error: "who are you?" });
    if (request.method === "GET" && path === "/operator/queue")
      return send(200, await queue.status());
    if (request.method === "POST" && path === "/operator/queue/redrive")
      return send(200, { redriven: await queue.redrive() });
    return send(404, { error: "not found" });
  };
}

/** In the same time for any two texts. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
