import { blockingHandlerCalls, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/sync-io-in-async",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /Sync\s*\(/,
  aliases: ["node/no-sync", "n/no-sync", "no-sync-fn-in-async-fn"],

  docs: {
    summary:
      "A synchronous call of the file system, another process or a hash in a request handler",
    why: "Until it returns, the process does nothing else: every other request waits for this one's disk or arithmetic.",
    instead: "Await the asynchronous form, or do the work once when the program starts.",
    bad: {
      "all requests wait for the disk": source`
        import { readFileSync } from "node:fs";

        declare const app: {
          get(path: string, run: (request: unknown, response: { send(text: string): void }) => void): void;
        };

        app.get("/terms", (_req, response) => {
          response.send(readFileSync("terms.html", "utf8")); // want "no other request is answered until readFileSync.. returns"
        });
      `,
    },
    good: {
      "the asynchronous form": source`
        import { readFile } from "node:fs/promises";

        declare const app: {
          get(path: string, run: (request: unknown, response: { send(text: string): void }) => void): void;
        };

        app.get("/terms", async (_req, response) => {
          response.send(await readFile("terms.html", "utf8"));
        });
      `,
    },
    limits: [
      "Only in handlers that a router of Express, Fastify, Koa or Hono gets in the same module, are exported by the name of a method in a file of routes, or take a request and a response by these names; what they call is not followed, and servers for development are left out.",
    ],
    references: ["https://nodejs.org/en/learn/asynchronous-work/dont-block-the-event-loop"],
  },

  *check({ use }) {
    for (const { at, name } of use(blockingHandlerCalls))
      yield { at, message: `no other request is answered until ${name} returns` };
  },
});
