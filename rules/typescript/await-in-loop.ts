import { defineRule, independentAwaits, source } from "#kit";

/** What a getter with a name of its own waits for is anything. */
const ONLY_GETS = /(?:^|\.)#?get[A-Z]\w*\(\)$/;

export default defineRule({
  id: "ts/await-in-loop",
  group: "promises",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,
  aliases: ["no-await-in-loop", "noAwaitInLoops"],

  docs: {
    summary: "Loop that waits in each pass for a read that no other pass needs",
    why: "The reads run one after the other: a hundred of 50 milliseconds take five seconds, where side by side they would take little more than one.",
    instead:
      "Start them together with `Promise.all(list.map(…))`; for long lists in portions, or with a limit.",
    bad: {
      "one after the other": source`
        declare function loadUser(id: string): Promise<string>;

        export async function names(ids: string[]): Promise<string[]> {
          const found: string[] = [];
          for (const id of ids) {
            found.push(await loadUser(id)); // want "each pass waits for loadUser\\(\\)"
          }
          return found;
        }
      `,
    },
    good: {
      "side by side": source`
        declare function loadUser(id: string): Promise<string>;

        export async function names(ids: string[]): Promise<string[]> {
          return await Promise.all(ids.map((id) => loadUser(id)));
        }
      `,
    },
    limits: [
      "Only for-of over an array, whose only wait is for a call that reads by its name (get, fetch, load, read, find, …).",
      "Silent where a pass can end the loop, writes anything but a list or map that it fills, looks into one before it waits, or stands in a try; over batches and chunks; for requests that say POST, PUT, PATCH or DELETE; where all passes are given one collection or container; and in tests.",
      "Low confidence, and so not shown by default, for names such as getPointer(): what is got may be worked out, or come from a device that answers one question at a time.",
    ],
    whenNotToUse: "Where the other side must not be asked for more than one thing at a time.",
    references: ["https://eslint.org/docs/latest/rules/no-await-in-loop"],
  },

  *check({ use }) {
    for (const { at, kind, name, related } of use(independentAwaits)) {
      if (kind !== "loop") continue;
      yield {
        at,
        message: `each pass waits for ${name}, which no other pass needs: they could run side by side`,
        related: related.map((list) => ({ at: list, note: "one after the other" })),
        ...(ONLY_GETS.test(name) && { confidence: "low" }),
      };
    }
  },
});
