import { defineRule, source, unlimitedRaces } from "#kit";

export default defineRule({
  id: "ts/race-without-timeout",
  group: "promises",
  stage: "trial",
  severity: "info",
  since: "0.1.0",
  interest: /\bPromise\s*\.race\b/,
  aliases: ["node-doctor/no-race-without-timeout"],

  docs: {
    summary: "Promise.race of requests alone",
    why: "When neither server answers, nobody does: the race waits as long as its slowest loser would.",
    instead:
      "Let a timer or an abort signal take part: `fetch(url, { signal: AbortSignal.timeout(10_000) })`.",
    bad: {
      "both may hang": source`
        export function fastest(one: string, other: string): Promise<Response> {
          return Promise.race([fetch(one), fetch(other)]); // want "only requests take part in this race"
        }
      `,
    },
    good: {
      "ten seconds at most": source`
        export function fastest(one: string, other: string): Promise<Response> {
          const signal = AbortSignal.timeout(10_000);
          return Promise.race([fetch(one, { signal }), fetch(other, { signal })]);
        }
      `,
    },
    limits: [
      "Calls of fetch, axios, got, ky and superagent, written in the race, that name no signal, timeout or the like.",
      "Silent in tests.",
      "Opt-in: two requests may be what one wants to race.",
    ],
  },

  *check({ use }) {
    for (const { at } of use(unlimitedRaces))
      yield {
        at,
        message: "only requests take part in this race, which ends as late as they like",
      };
  },
});
