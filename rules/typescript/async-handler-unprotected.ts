import { defineRule, source, unprotectedHandlers } from "#kit";

export default defineRule({
  id: "ts/async-handler-unprotected",
  group: "events",
  severity: "error",

  since: "0.1.0",
  interest: /\bexpress\b|\bRouter\b/,
  aliases: ["oxc/no-async-endpoint-handlers", "node-doctor/express-async-handler-unprotected"],

  docs: {
    summary: "An async handler of Express 4 whose rejection nobody handles",
    why: "Express 4 does not look at the promise that a handler returns. When it rejects, no error middleware runs and no answer is sent: the request hangs until the client gives up, and the unhandled rejection ends the process.",
    instead:
      "Catch in the handler and call next(error), wrap the handler, or use Express 5, which waits for the promise.",
    bad: {
      "a failed query ends the process": source`
        // package.json: {"dependencies": {"express": "^4.21.0"}}
        import express from "express";

        declare function load(id: unknown): Promise<string>;

        const app = express();

        app.get("/orders", async (request, response) => { // want "a rejection in this handler of app.get.. is handled by nobody"
          response.send(await load(request.query.id));
        });
      `,
    },
    good: {
      "handed to the error middleware": source`
        // package.json: {"dependencies": {"express": "^4.21.0"}}
        import express from "express";

        declare function load(id: unknown): Promise<string>;

        const app = express();

        app.get("/orders", async (request, response, next) => {
          try {
            response.send(await load(request.query.id));
          } catch (error) {
            next(error);
          }
        });
      `,
    },
    limits: [
      "Only where the nearest package.json that names express wants version 4 or older, and nothing patches it (express-async-errors and the like).",
      "Handlers whose awaits all stand in a try with a catch that does not throw again are left out; handlers of other modules are not followed.",
    ],
  },

  *check({ use }) {
    for (const { at, name, awaitedAt } of use(unprotectedHandlers)) {
      yield {
        at,
        message: `a rejection in this handler of ${name} is handled by nobody: Express 4 does not wait for promises`,
        related: [{ at: awaitedAt, note: "what is awaited here may reject" }],
      };
    }
  },
});
