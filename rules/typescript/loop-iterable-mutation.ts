import { defineRule, mutatedIterables, source } from "#kit";

export default defineRule({
  id: "ts/loop-iterable-mutation",
  group: "races",
  severity: "warning",

  since: "0.1.0",
  interest: /\.(?:splice|shift|unshift)\s*\(/,
  aliases: ["unicorn/no-loop-iterable-mutation"],

  docs: {
    summary: "An array loses or gains elements in front while it is iterated",
    why: "The loop goes by position: after a removal the next element takes the place of the removed one and is never visited; after an unshift one is visited twice.",
    instead: "Iterate over a copy (`[...items]`), or use filter.",
    bad: {
      "each removal skips the next element": source`
        export function prune(items: string[]): void {
          for (const item of items) {
            if (item === "") items.splice(items.indexOf(item), 1); // want "items.splice.. moves the elements of items while the loop is on its way"
          }
        }
      `,
    },
    good: {
      "over a copy": source`
        export function prune(items: string[]): void {
          for (const item of [...items]) {
            if (item === "") items.splice(items.indexOf(item), 1);
          }
        }
      `,
    },
    limits: [
      "Only splice, shift and unshift in a for-of over the same expression; pushes make queues and are left out.",
      "Silent where the loop ends after the change.",
    ],
  },

  *check({ use }) {
    for (const { at, name, array, loopAt } of use(mutatedIterables)) {
      yield {
        at,
        message: `${name} moves the elements of ${array} while the loop is on its way: some are left out, or visited twice`,
        related: [{ at: loopAt, note: "the loop" }],
        fixes: [
          {
            kind: "suggestion",
            description: "Iterate over a copy",
            edits: [{ ...loopAt, text: `[...${array}]` }],
          },
        ],
      };
    }
  },
});
