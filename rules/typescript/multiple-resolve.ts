import { defineRule, secondSettles, source } from "#kit";

export default defineRule({
  id: "ts/multiple-resolve",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bnew Promise\b/,
  aliases: ["promise/no-multiple-resolved", "unicorn/no-multiple-promise-resolver-calls"],

  docs: {
    summary: "Promise that is settled a second time on the same way",
    why: "Only the first call counts. The second is ignored without a word, and what stands between them runs although the promise has failed: mostly a `return` is missing.",
    instead: "Return after the first call.",
    bad: {
      "a missing return": source`
        import { readFile } from "node:fs";

        export function load(path: string): Promise<string> {
          return new Promise((resolve, reject) => {
            readFile(path, "utf8", (error, text) => {
              if (error) reject(error);
              resolve(text.trim()); // want "the promise is settled already"
            });
          });
        }
      `,
    },
    good: {
      "with a return": source`
        import { readFile } from "node:fs";

        export function load(path: string): Promise<string> {
          return new Promise((resolve, reject) => {
            readFile(path, "utf8", (error, text) => {
              if (error) return reject(error);
              resolve(text.trim());
            });
          });
        }
      `,
    },
    limits: [
      "Two calls in one block, the first perhaps at the end of an if without else; calls in different callbacks are not compared.",
    ],
  },

  *check({ use }) {
    for (const { at, related, edits } of use(secondSettles)) {
      yield {
        at,
        message: "the promise is settled already when the way comes here: the first call wins",
        related: related.map((first) => ({ at: first, note: "settles it, and goes on" })),
        fixes:
          edits.length > 0
            ? [{ kind: "suggestion", description: "return after the first", edits }]
            : [],
      };
    }
  },
});
