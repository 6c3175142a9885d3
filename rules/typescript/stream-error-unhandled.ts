import { defineRule, source, unheardStreamErrors } from "#kit";

export default defineRule({
  id: "ts/stream-error-unhandled",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\.pipe\s*\(/,
  aliases: ["node-doctor/no-unhandled-pipe-error"],

  docs: {
    summary: "A file stream is piped and nobody listens for its errors",
    why: "pipe does not hand errors on. A file that is missing or cannot be read makes an error event without a listener, which ends the process; and the target is never closed.",
    instead: "Use pipeline from node:stream/promises, or listen for error on each stream.",
    bad: {
      "a missing file ends the process": source`
        import { createReadStream } from "node:fs";
        import type { ServerResponse } from "node:http";

        export function send(path: string, response: ServerResponse): void {
          createReadStream(path).pipe(response); // want "nobody listens for errors of createReadStream"
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
      "Only streams made by createReadStream, in the call or in a local that nobody else is given.",
    ],
  },

  *check({ use }) {
    for (const { at, stream } of use(unheardStreamErrors)) {
      yield {
        at,
        message: `nobody listens for errors of ${stream}: pipe does not hand them on, and an error event without a listener ends the process`,
      };
    }
  },
});
