import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import type { ReviewQueue } from "../../adapters/queue/review-queue.ts";
import { RequestError, readBody } from "./read-body.ts";
import { readTask, type Task } from "./read-task.ts";
import { isSigned } from "./signature.ts";

/** Where GitHub posts its events. */
export const WEBHOOK_PATH = "/api/github/webhooks";

/** Answers whether the request was its own. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface IntakeWorld {
  readonly queue: Pick<ReviewQueue<Task>, "accept">;
  /** Of the webhook; more than one while they are exchanged. */
  readonly secrets: readonly string[];
  readonly log: Logger;
}

/**
 * Takes deliveries: size and patience are bounded before the signature is looked at, and what the delivery asks for is in the
 * queue, on disk, before it is answered. A delivery that is known already is answered and forgotten. Where the queue fails the
 * answer is 500, and GitHub keeps the delivery for the sweep.
 */
export function createIntake(world: IntakeWorld): Handler {
  return async (request, response) => {
    if (request.method !== "POST" || pathOf(request) !== WEBHOOK_PATH) return false;
    try {
      await take(request, world);
      response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      world.log.warn({ delivery: deliveryOf(request), status: error.status }, error.message);
      if (!response.headersSent)
        response.writeHead(error.status, { "content-type": "text/plain", connection: "close" });
      response.end(`${error.message}\n`);
    }
    return true;
  };
}

async function take(request: IncomingMessage, { queue, secrets, log }: IntakeWorld): Promise<void> {
  const body = await readBody(request);
  const signature = request.headers["x-hub-signature-256"];
  if (!isSigned(body, typeof signature === "string" ? signature : undefined, secrets))
    throw new RequestError(401, "the signature does not match the body and our secret");
  const event = request.headers["x-github-event"];
  const delivery = deliveryOf(request);
  if (typeof event !== "string" || delivery === undefined)
    throw new RequestError(400, "a delivery has a name and a number: X-GitHub-Event, -Delivery");
  const task = readTask(event, parsed(body));
  if (!task) return;
  const isNew = await queue.accept(delivery, task);
  const { kind, installation } = task;
  const about = "pull" in task ? { repository: task.repository, pull: task.pull } : {};
  log.info({ delivery, event, kind, installation, ...about }, isNew ? "accepted" : "known already");
}

function deliveryOf({ headers }: IncomingMessage): string | undefined {
  const id = headers["x-github-delivery"];
  return typeof id === "string" && id !== "" ? id.slice(0, 100) : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RequestError(400, "the body is no JSON: set the webhook's content type to that");
  }
}

/** The path that a request asks for, without its query. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}
