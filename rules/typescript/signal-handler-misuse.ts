import { defineRule, signalMisuses, source } from "#kit";

export default defineRule({
  id: "ts/signal-handler-misuse",
  group: "events",
  severity: "warning",

  since: "0.1.0",
  interest: /\bprocess\s*\.\s*(?:on|once|addListener)\s*\(/,
  aliases: ["no-uncatchable-signal-handler"],

  docs: {
    summary:
      "A handler for a signal that cannot be caught, or one that exits before its work is done",
    why: "SIGKILL and SIGSTOP never reach the process. And a handler that starts an asynchronous shutdown and then calls process.exit ends it in the same moment: open requests are cut off, and what was buffered is lost.",
    instead: "Await the shutdown (with a time limit) before process.exit.",
    bad: {
      "the server is not given the time to close": source`
        declare const server: { shutdown(): Promise<void> };

        process.on("SIGTERM", () => {
          server.shutdown(); // want "the process exits before server.shutdown.. is done"
          process.exit(0);
        });
      `,
    },
    good: {
      "exits afterwards": source`
        declare const server: { shutdown(): Promise<void> };

        process.on("SIGTERM", async () => {
          await server.shutdown();
          process.exit(0);
        });
      `,
    },
    limits: [
      "The shutdown must be known to return a promise, and stand as a statement in the handler itself.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, signal, started } of use(signalMisuses)) {
      yield {
        at,
        message:
          kind === "uncatchable"
            ? `${signal} cannot be caught: this listener is never called`
            : `the process exits before ${started} is done: nothing waits for its promise`,
      };
    }
  },
});
