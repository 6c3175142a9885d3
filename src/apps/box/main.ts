import { createInterface } from "node:readline";
import type { FetchedText, LookRequest } from "../../review/ports.ts";
import { loadParser } from "../../syntax/parser.ts";
import { loadRules } from "../cli/load-rules.ts";
import { setEngine } from "../engine-settings.ts";
import { lookOnce } from "./look-once.ts";

/**
 * Analyses what strangers wrote, in a process without an environment, a token or a file of its own to write. Each line on
 * stdin is a message, each line on stdout an answer.
 */
setEngine();
// Most often nothing is asked yet.
await Promise.all([loadRules(), loadParser(["go", "typescript", "tsx"])]);
const fetched = new Map<string, FetchedText>();
let request: LookRequest | undefined;

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as BoxMessage;
  request ??= message.request;
  for (const [id, text] of message.texts) fetched.set(id, text);
  if (!request) throw new Error("the first message says what to look at");
  const reply = await lookOnce(request, fetched, message.isLast);
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}

/** What the box is told: the first time what to look at, each time the texts that it does not have yet. */
export interface BoxMessage {
  readonly request?: LookRequest;
  readonly texts: readonly (readonly [id: string, text: FetchedText])[];
  /** Nothing more will come: what is missing is absent. */
  readonly isLast: boolean;
}
