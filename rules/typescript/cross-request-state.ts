import { crossRequestStates, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/cross-request-state",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest:
    /\.(?:get|post|put|patch|delete|all|use)\s*\(|\bfunction\s+(?:GET|POST|PUT)\b|\breq(?:uest)?\b[^()]*?,\s*_?(?:res|response|reply)\b/,
  aliases: ["node-doctor/no-cross-request-state-mutation"],

  docs: {
    summary: "What belongs to one request is kept in a variable of the module",
    why: "A server works on many requests at a time: while one waits, the next one puts its own user or tenant into the variable, and the first goes on with data of somebody else.",
    instead:
      "Pass it on as an argument, hang it on the request, or keep it in an AsyncLocalStorage.",
    bad: {
      "the user of the next request": source`
        declare const app: {
          use(run: (request: { user: string }, response: unknown, next: () => void) => void): void;
        };
        declare function record(user: string, text: string): Promise<void>;

        let currentUser = "";

        app.use((request, _response, next) => {
          currentUser = request.user; // want "currentUser is shared by all requests: the next one changes it while this one waits"
          next();
        });

        export async function audit(text: string): Promise<void> {
          await record(currentUser, text);
        }
      `,
    },
    good: {
      "kept with the request": source`
        import { AsyncLocalStorage } from "node:async_hooks";

        declare const app: {
          use(run: (request: { user: string }, response: unknown, next: () => void) => void): void;
        };
        declare function record(user: string, text: string): Promise<void>;

        const user = new AsyncLocalStorage<string>();

        app.use((request, _response, next) => {
          user.run(request.user, next);
        });

        export async function audit(text: string): Promise<void> {
          await record(user.getStore() ?? "", text);
        }
      `,
    },
    limits: [
      "Only `let` and `var` at the top of the module, and members of objects written there, set in a handler that a router gets in the same module to something of the request itself, and read somewhere else.",
      "Silent where the variable is tested first: what the first request says is kept for all.",
    ],
    references: ["https://nodejs.org/api/async_context.html"],
  },

  *check({ use }) {
    for (const { at, variable, readAt } of use(crossRequestStates)) {
      yield {
        at,
        message: `${variable} is shared by all requests: the next one changes it while this one waits`,
        related: [{ at: readAt, note: "read here, whoever set it last" }],
      };
    }
  },
});
