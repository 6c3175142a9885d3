import { defineRule, source, unheardEmitters, unheardStreamErrors } from "#kit";

export default defineRule({
  id: "ts/stream-error-unhandled",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\b(?:pipe|request|get|connect|createConnection|create(?:Read|Write)Stream)\s*\(/,
  aliases: ["node-doctor/no-unhandled-pipe-error"],

  docs: {
    summary: "A piped file, a request or a socket that nobody listens to for errors",
    why: "An error event without a listener ends the process: a file that is missing, a server that is not there. pipe does not hand errors on, and the promise around a request is never settled.",
    instead:
      "Use pipeline from node:stream/promises, or listen for error on each stream, request and socket.",
    bad: {
      "a missing file ends the process": source`
        import { createReadStream } from "node:fs";
        import type { ServerResponse } from "node:http";

        export function send(path: string, response: ServerResponse): void {
          createReadStream(path).pipe(response); // want "nobody listens for errors of createReadStream"
        }
      `,
      "a server that is not there ends the process": source`
        import { request } from "node:https";

        export function report(body: string): void {
          const call = request("https://example.com/reports", { method: "POST" }); // want "nobody listens for errors of request"
          call.write(body);
          call.end();
        }
      `,
    },
    good: {
      "pipeline handles both": source`
        import { createReadStream } from "node:fs";
        import type { ServerResponse } from "node:http";
        import { pipeline } from "node:stream/promises";

        export async function send(path: string, response: ServerResponse): Promise<void> {
          await pipeline(createReadStream(path), response);
        }
      `,
    },
    limits: [
      "Only streams of files, and requests and sockets of node:http, node:https, node:net and node:tls, in the call or in a local that nobody else is given.",
      "Requests and sockets of tests are left out, and streams of tests and scripts that are not piped.",
    ],
  },

  *check({ use }) {
    for (const { at, stream } of use(unheardStreamErrors)) {
      yield {
        at,
        message: `nobody listens for errors of ${stream}: pipe does not hand them on, and an error event without a listener ends the process`,
      };
    }
    for (const { at, name } of use(unheardEmitters))
      yield {
        at,
        message: `nobody listens for errors of ${name}: an error event without a listener ends the process`,
      };
  },
});
