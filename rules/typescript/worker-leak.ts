import { defineRule, leakedWorkers, source } from "#kit";

export default defineRule({
  id: "ts/worker-leak",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\b(?:spawn|fork)\s*\(|\bnew Worker\s*\(/,

  docs: {
    summary: "A worker or process of whose failure nobody hears, or that nobody ends",
    why: "A child process that cannot be started, and a worker whose script throws, say so by an error event: without a listener it is an uncaught exception, which ends the program. A worker of a page runs until somebody terminates it, and each call starts another one.",
    instead:
      "Listen for `error` beside `exit` and `close`; terminate a worker when its answer is there, or keep one for all.",
    bad: {
      "a missing program ends this one": source`
        import { spawn } from "node:child_process";

        export function convert(file: string): Promise<number | null> {
          return new Promise((resolve) => {
            const child = spawn("convert", [file]); // want "nobody listens to the errors of spawn.."
            child.on("close", resolve);
          });
        }
      `,
      "one more for each call": source`
        export function hash(text: string, done: (hash: string) => void): void {
          const worker = new Worker("hash.js"); // want "nobody ends new Worker.."
          worker.onmessage = (event) => done(event.data);
          worker.postMessage(text);
        }
      `,
    },
    good: {
      heard: source`
        import { spawn } from "node:child_process";

        export function convert(file: string): Promise<number | null> {
          return new Promise((resolve, reject) => {
            const child = spawn("convert", [file]);
            child.on("error", reject);
            child.on("close", resolve);
          });
        }
      `,
    },
    limits: [
      "Only what is kept in a constant of a function and handed to nobody; scripts and command lines are left out.",
    ],
    references: ["https://nodejs.org/api/child_process.html#event-error"],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(leakedWorkers)) {
      yield {
        at,
        message:
          kind === "unheard"
            ? `nobody listens to the errors of ${name}: one that cannot be started ends this program`
            : `nobody ends ${name}: each call leaves one more running`,
      };
    }
  },
});
