import { defineRule, source, unlimitedRequests } from "#kit";

export default defineRule({
  id: "ts/request-without-timeout",
  group: "promises",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\bfetch\s*\(/,
  aliases: ["node-doctor/require-fetch-timeout"],

  docs: {
    summary: "Request on Node that waits for its answer as long as it takes",
    why: "fetch gives up after five minutes without a byte, and never where bytes trickle in: whoever waits for it hangs with it.",
    instead: "Give it a signal: `AbortSignal.timeout(10_000)`.",
    bad: {
      "no limit": source`
        // package.json: {"name": "app", "engines": {"node": ">=20.11"}}

        export async function load(id: string): Promise<unknown> {
          const response = await fetch("https://example.org/" + id); // want "this request has no limit"
          return response.json();
        }
      `,
    },
    good: {
      "ten seconds at most": source`
        // package.json: {"name": "app", "engines": {"node": ">=20.11"}}

        export async function load(id: string): Promise<unknown> {
          const response = await fetch("https://example.org/" + id, { signal: AbortSignal.timeout(10_000) });
          return response.json();
        }
      `,
    },
    limits: [
      "The fetch of the platform, called without a signal among the options that are written in the call.",
      "Packages whose package.json names the Node that they want and nothing that draws pages; other options than an object in place may have a signal.",
      "Silent in tests.",
      "Opt-in: many wrap fetch in a client that has the limit.",
    ],
    references: ["https://nodejs.org/api/globals.html#static-method-abortsignaltimeoutdelay"],
  },

  *check({ use }) {
    for (const { at, edit } of use(unlimitedRequests)) {
      yield {
        at,
        message: "this request has no limit: it waits for its answer as long as that takes",
        ...(edit && {
          fixes: [
            {
              kind: "suggestion" as const,
              description: "give up after ten seconds",
              edits: [edit],
            },
          ],
        }),
      };
    }
  },
});
