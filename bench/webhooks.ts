/**
 * Sends signed webhooks, `RATE` a second or all at once, whether or not the ones before were answered, and prints how long each
 * answer took. A process of its own, so that nothing else delays it. stdin: a JSON of `Sending`.
 */
import { createHmac, randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { helpIfAsked } from "./help.ts";

helpIfAsked(import.meta.url);

export interface Sending {
  readonly url: string;
  readonly secret: string;
  /** How many; the payloads take turns. */
  readonly count: number;
  /** A second; without one all are sent at once. */
  readonly rate?: number;
  readonly payloads: readonly string[];
}

export interface Sent {
  /** Milliseconds from when each was due to its answer. */
  readonly times: readonly number[];
  /** How many were not answered with a 2xx. */
  readonly refused: number;
}

const { url, secret, count, rate, payloads } = JSON.parse(await text(process.stdin)) as Sending;
const times: number[] = [];
let refused = 0;

async function send(payload: string, due: number): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    body: payload,
    headers: {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(payload).digest("hex")}`,
    },
  });
  await answer.arrayBuffer();
  times.push(performance.now() - due);
  if (!answer.ok) refused++;
}

// This process' own first request takes longer than the others, which is no matter of the server's.
await (await fetch(new URL("/healthz", url))).arrayBuffer();
const start = performance.now();
const all: Promise<void>[] = [];
for (let sent = 0; sent < count; sent++) {
  const due = start + (rate ? (1000 * sent) / rate : 0);
  if (due > performance.now()) await pause(due - performance.now());
  all.push(send(payloads[sent % payloads.length] ?? "", due));
}
await Promise.all(all);
console.log(JSON.stringify({ times, refused } satisfies Sent));
