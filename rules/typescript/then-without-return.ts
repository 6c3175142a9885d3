import { defineRule, lostLinks, source } from "#kit";

export default defineRule({
  id: "ts/then-without-return",
  group: "promises",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\.then\b/,
  aliases: ["promise/always-return"],
  yieldsTo: ["ts/floating-promise"],

  docs: {
    summary: "Callback of then that loses what the rest of the chain needs",
    why: "The next callback gets `undefined`, or runs before the work that this one has started is done; a rejection of that work escapes the chain and its catch.",
    instead: "Return the value or the promise.",
    bad: {
      "the chain does not wait": source`
        declare function save(user: Response): Promise<void>;

        export function register(): Promise<void> {
          return fetch("/user")
            .then((user) => { // want "the chain does not wait for save\\(\\)"
              save(user);
            })
            .then(() => console.log("saved"));
        }
      `,
    },
    good: {
      returned: source`
        declare function save(user: Response): Promise<void>;

        export function register(): Promise<void> {
          return fetch("/user")
            .then((user) => {
              return save(user);
            })
            .then(() => console.log("saved"));
        }
      `,
    },
    limits: [
      "Only callbacks in the middle of a chain, written in place: the last one has nobody to hand on to.",
      "Speaks where the last statement starts a promise, or where the next callback has a parameter.",
    ],
    references: [
      "https://github.com/eslint-community/eslint-plugin-promise/blob/main/docs/rules/always-return.md",
    ],
  },

  *check({ use }) {
    for (const { at, kind, name, edits, related } of use(lostLinks)) {
      yield {
        at,
        about: [at, ...related],
        message:
          kind === "promise"
            ? `the chain does not wait for ${name}, which this callback starts and does not return`
            : `the next callback takes a value, and this one returns none`,
        fixes:
          edits.length > 0
            ? [{ kind: "suggestion", description: "return the promise", edits }]
            : [],
      };
    }
  },
});
