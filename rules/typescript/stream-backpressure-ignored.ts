import { defineRule, ignoredBackpressure, source } from "#kit";

export default defineRule({
  id: "ts/stream-backpressure-ignored",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\.write\s*\(/,

  docs: {
    summary: "A stream is written to in a loop that never looks whether it is full",
    why: "write() returns false when the stream's buffer is full; what is written all the same is kept in memory. When the source is faster than the disk or the peer, memory grows until the process is killed.",
    instead:
      "Wait for `drain` when write() returns false, or let `pipeline` from node:stream/promises do it.",
    bad: {
      "a large export is kept in memory": source`
        import { createWriteStream } from "node:fs";

        export async function save(path: string, rows: AsyncIterable<string>): Promise<void> {
          const file = createWriteStream(path);
          for await (const row of rows) {
            file.write(row); // want "file.write.. goes on when file is full"
          }
          file.end();
        }
      `,
    },
    good: {
      "the loop waits for the disk": source`
        import { once } from "node:events";
        import { createWriteStream } from "node:fs";

        export async function save(path: string, rows: AsyncIterable<string>): Promise<void> {
          const file = createWriteStream(path);
          for await (const row of rows) {
            if (!file.write(row)) await once(file, "drain");
          }
          file.end();
        }
      `,
    },
    limits: [
      "Streams are known by what made them (createWriteStream and the like) or by their annotation.",
      "Only loops over what has no known end count (for await, while), and listeners for data; a loop over an array writes what is in memory anyway.",
      "Silent where the code around speaks of drain, pause, cork or the length of the buffer.",
    ],
    references: ["https://nodejs.org/en/learn/modules/backpressuring-in-streams"],
  },

  *check({ use }) {
    for (const { at, name, stream, source: kind, sourceAt } of use(ignoredBackpressure)) {
      yield {
        at,
        message: `${name} goes on when ${stream} is full: what does not fit is kept in memory`,
        related: [
          {
            at: sourceAt,
            note: kind === "loop" ? "the loop that keeps writing" : "each chunk is written at once",
          },
        ],
      };
    }
  },
});
