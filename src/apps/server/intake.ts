import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { Probot } from "probot";
import type { ReviewQueue } from "../../adapters/queue/review-queue.ts";
import { RequestError, readBody } from "./read-body.ts";
import { readTask, type Task } from "./read-task.ts";
import type { Settings } from "./settings.ts";

/** Where GitHub posts its events; Probot's own default. */
export const WEBHOOK_PATH = "/api/github/webhooks";

/** Answers whether the request was its own. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

export interface IntakeWorld {
  readonly settings: Pick<Settings, "appId" | "privateKey" | "webhookSecrets" | "apiUrl">;
  readonly queue: Pick<ReviewQueue<Task>, "accept">;
  readonly log: Logger;
}

/**
 * Takes deliveries: size and patience are bounded before Probot looks at the signature, and what the delivery asks for is in
 * the queue, on disk, before it is answered: Probot's own middleware would answer after nine seconds, done or not. A delivery
 * that is known already is answered and forgotten. Where the queue fails the answer is 500, and GitHub keeps the delivery for
 * the sweep.
 */
export async function createIntake({ settings, queue, log }: IntakeWorld): Promise<Handler> {
  const apps: Probot[] = [];
  // One for each secret: there are two while they are exchanged.
  for (const secret of settings.webhookSecrets) {
    const { appId, privateKey, apiUrl: baseUrl } = settings;
    const app = new Probot({ appId, privateKey, secret, baseUrl, log });
    await app.load((probot) => keepTasks(probot, queue, log));
    apps.push(app);
  }
  return async (request, response) => {
    if (request.method !== "POST" || pathOf(request) !== WEBHOOK_PATH) return false;
    try {
      await take(request, apps);
      response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      log.warn({ delivery: deliveryOf(request), status: error.status }, error.message);
      if (!response.headersSent)
        response.writeHead(error.status, { "content-type": "text/plain", connection: "close" });
      response.end(`${error.message}\n`);
    }
    return true;
  };
}

/** The App: what deliveries ask for goes to the queue, whatever their event. */
function keepTasks(app: Probot, queue: IntakeWorld["queue"], log: Logger): void {
  app.onAny(async ({ id, name, payload }) => {
    const task = readTask(name, payload);
    if (!task) return;
    const isNew = await queue.accept(id, task);
    const { kind, installation } = task;
    const about = "pull" in task ? { repository: task.repository, pull: task.pull } : {};
    const facts = { delivery: id, event: name, kind, installation, ...about };
    log.info(facts, isNew ? "accepted" : "known already");
  });
}

async function take(request: IncomingMessage, apps: readonly Probot[]): Promise<void> {
  const body = await readBody(request);
  const signature = request.headers["x-hub-signature-256"];
  // Probot's verification throws where there is none.
  const isThere = typeof signature === "string" && signature !== "";
  const app = isThere ? await whoseIs(body, signature, apps) : undefined;
  if (!app) throw new RequestError(401, "the signature does not match the body and our secret");
  const name = request.headers["x-github-event"];
  const id = deliveryOf(request);
  if (typeof name !== "string" || id === undefined)
    throw new RequestError(400, "a delivery has a name and a number: X-GitHub-Event, -Delivery");
  // What the event is about is read by `readTask`, which trusts no type.
  const delivery = { id, name, payload: parsed(body) } as Parameters<Probot["receive"]>[0];
  await app.receive(delivery);
}

async function whoseIs(
  body: string,
  signature: string,
  apps: readonly Probot[],
): Promise<Probot | undefined> {
  for (const app of apps) if (await app.webhooks.verify(body, signature)) return app;
  return undefined;
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
