import { combinatorFaults, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/unchecked-all-settled",
  group: "promises",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\ballSettled\b/,
  aliases: ["unicorn/no-unsafe-promise-all-settled-values"],

  docs: {
    summary: "Outcomes of Promise.allSettled at whose status nobody looks",
    why: "`allSettled` never rejects: what failed is in the outcomes. Who reads only the values takes `undefined` for a result, and the failure is lost.",
    instead:
      "Look at `status`, and handle the outcomes that are rejected; or use `Promise.all`, which rejects.",
    bad: {
      "failures are taken for values": source`
        export async function sizes(urls: string[]): Promise<unknown[]> {
          const outcomes = await Promise.allSettled(urls.map((url) => fetch(url))); // want "nobody looks at the status of outcomes"
          return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<Response>).value);
        }
      `,
    },
    good: {
      "both are handled": source`
        export async function sizes(urls: string[]): Promise<unknown[]> {
          const outcomes = await Promise.allSettled(urls.map((url) => fetch(url)));
          return outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : outcome.reason));
        }
      `,
    },
    limits: [
      "Only outcomes that are kept in a constant and used in the same function alone; whoever gets them may look.",
      "Silent where they are dropped on purpose, and in functions that close and stop things.",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name } of use(combinatorFaults)) {
      if (kind === "unchecked")
        yield { at, message: `nobody looks at the status of ${name}: what is rejected is lost` };
    }
  },
});
