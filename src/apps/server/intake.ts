import type { IncomingMessage, ServerResponse } from "node:http";
import { createNodeMiddleware, type Probot } from "probot";
import type { ReviewQueue } from "../../adapters/queue/review-queue.ts";
import { RequestError, readBody } from "./read-body.ts";
import { readTask, type Task } from "./read-task.ts";

/** Where GitHub posts its events; Probot's own default. */
export const WEBHOOK_PATH = "/api/github/webhooks";

/** Answers whether the request was its own. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * Takes deliveries: size and patience are bounded before the signature is looked at, Probot verifies it, and what the
 * delivery asks for is in the queue, on disk, before it is answered. A delivery that is known already is answered and
 * forgotten. Where the queue fails the answer is 500, and GitHub keeps the delivery for the sweep.
 */
export async function createIntake(
  probot: Probot,
  queue: Pick<ReviewQueue<Task>, "accept">,
): Promise<Handler> {
  const verified = await createNodeMiddleware(
    (app) => {
      app.onAny(async ({ id, name, payload }) => {
        const task = readTask(name, payload);
        if (task) await queue.accept(id, task);
      });
    },
    { probot, webhooksPath: WEBHOOK_PATH },
  );
  return async (request, response) => {
    if (request.method !== "POST" || pathOf(request) !== WEBHOOK_PATH) return false;
    try {
      // Probot's middleware takes a body that was read for it, and would read one of any size itself.
      const body = await readBody(request);
      await verified(Object.assign(request, { body }), response);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (!response.headersSent)
        response.writeHead(error.status, { "content-type": "text/plain", connection: "close" });
      response.end(`${error.message}\n`);
    }
    return true;
  };
}

/** The path that a request asks for, without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}
