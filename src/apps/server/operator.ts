import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReviewQueue } from "../../adapters/queue/review-queue.ts";
import type { Store } from "../../adapters/queue/store.ts";
import { type Handler, pathOf } from "./intake.ts";
import { operatorPage } from "./operator-page.ts";
import { readBody } from "./read-body.ts";
import type { Task } from "./read-task.ts";

export interface OperatorWorld {
  readonly queue: Pick<ReviewQueue<Task>, "status" | "dead" | "redrive">;
  readonly store: Pick<Store, "reviews" | "dismissedRules">;
  /** OPERATOR_TOKEN; without one everything here is closed. */
  readonly token: string | undefined;
  /** Where pull requests are, without a slash at the end. */
  readonly website: string;
}

const REVIEWS_SHOWN = 50;
const DEAD_SHOWN = 50;
const RULES_SHOWN = 15;

/**
 * For who holds OPERATOR_TOKEN: `/operator` is a page, for a browser that sends the token as the password of any user.
 * `GET /operator/queue` tells programs what waits, `POST /operator/queue/redrive` puts dead reviews back; they send it as a bearer.
 */
export function createOperator(world: OperatorWorld): Handler {
  const { queue, token } = world;
  return async (request, response) => {
    const path = pathOf(request);
    if (path !== "/operator" && !path.startsWith("/operator/")) return false;
    if (token === undefined || !isSame(passwordOf(request), token)) {
      response.setHeader("www-authenticate", 'Basic realm="chokepoint", charset="UTF-8"');
      return json(response, 401, { error: "who are you?" });
    }
    switch (`${request.method} ${path}`) {
      case "GET /operator":
        return page(response, await render(world, token));
      case "POST /operator/redrive": {
        const form = new URLSearchParams(await readBody(request));
        // A browser sends the password with a form of any site; the key is on our own page alone.
        if (!isSame(form.get("key") ?? "", formKey(token)))
          return json(response, 403, { error: "this form is not from here" });
        await queue.redrive(form.get("id") || undefined);
        response.writeHead(303, { location: "/operator" }).end();
        return true;
      }
      case "GET /operator/queue":
        return json(response, 200, await queue.status());
      case "POST /operator/queue/redrive":
        if (!isBearer(request)) return json(response, 403, { error: "send a bearer" });
        return json(response, 200, { redriven: await queue.redrive() });
      default:
        return json(response, 404, { error: "not found" });
    }
  };
}

async function render({ queue, store, website }: OperatorWorld, token: string): Promise<string> {
  const [status, dead, reviews, dismissed] = await Promise.all([
    queue.status(),
    queue.dead(DEAD_SHOWN),
    store.reviews.recent(REVIEWS_SHOWN),
    store.dismissedRules(RULES_SHOWN),
  ]);
  const now = new Date();
  return operatorPage({
    queue: status,
    dead,
    reviews,
    dismissed,
    now,
    website,
    formKey: formKey(token),
  });
}

function json(response: ServerResponse, status: number, body: object): true {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(`${JSON.stringify(body)}\n`);
  return true;
}

function page(response: ServerResponse, text: string): true {
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
  return true;
}

function isBearer({ headers }: IncomingMessage): boolean {
  return /^Bearer /i.test(headers.authorization ?? "");
}

/** A bearer, or the password of whichever user. */
function passwordOf({ headers }: IncomingMessage): string {
  const [, kind, given = ""] = /^(Bearer|Basic) (.+)$/i.exec(headers.authorization ?? "") ?? [];
  if (kind?.toLowerCase() !== "basic") return given;
  return Buffer.from(given, "base64")
    .toString("utf8")
    .replace(/^[^:]*:/, "");
}

function formKey(token: string): string {
  return createHmac("sha256", token).update("operator's form").digest("hex");
}

/** In the same time for any two texts. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return a !== undefined && b !== undefined && timingSafeEqual(a, b);
}
