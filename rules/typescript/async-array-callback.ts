import { type AsyncArrayCallback, asyncArrayCallbacks, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/async-array-callback",
  group: "promises",
  severity: "error",
  since: "0.1.0",
  interest: /\.(?:forEach|map|filter|some|every|find\w*|sort|toSorted)\s*\(/,
  aliases: ["no-async-array-callback", "no-async-foreach", "array-foreach"],

  docs: {
    summary: "Async callback given to an array method that does not wait for it",
    why:
      "forEach goes on at once and drops the promises: what comes after runs too early, and a rejection goes unhandled. " +
      "A predicate that returns a promise is always true, so that filter keeps everything.",
    instead:
      "Use a for-of loop with await, or `await Promise.all(items.map(async …))`; filter by answers that were awaited before.",
    bad: {
      "the files are counted before they are written": source`
        declare function write(name: string): Promise<void>;

        export async function writeAll(names: string[]): Promise<number> {
          names.forEach(async (name) => { // want "forEach does not wait for the promises"
            await write(name);
          });
          return names.length;
        }
      `,
      "every user passes": source`
        declare function isActive(user: string): Promise<boolean>;

        export function active(users: string[]): string[] {
          return users.filter(async (user) => await isActive(user)); // want "filter takes every promise for true"
        }
      `,
    },
    good: {
      "awaited one by one, and all at once": source`
        declare function write(name: string): Promise<void>;

        export async function writeAll(names: string[]): Promise<void> {
          for (const name of names) await write(name);
          await Promise.all(names.map(async (name) => write(name)));
        }
      `,
    },
    limits: [
      "The receiver is an array by its type, by a literal, or by a method that gives one; a class of one's own with an async forEach is not reported. Where nothing is known of it, only a forEach that is a statement, with medium confidence.",
      "Callbacks are functions written in place, or names of functions of the same file.",
      "A callback of forEach that catches everything itself, or waits for nothing, is reported with low confidence, since only the order is lost, unless what it counts or sets is read right after.",
      "reduce is left alone: an accumulator that is awaited is a way to run one after the other.",
    ],
    whenNotToUse: "Where forEach starts tasks on purpose.",
  },

  *check({ use }) {
    for (const found of use(asyncArrayCallbacks)) {
      const isHarmless =
        found.effect === "dropped" && found.neverRejects && found.readTooEarly === undefined;
      const confidence = isHarmless ? "low" : found.isArray ? "high" : "medium";
      yield { at: found.at, message: messageOf(found), confidence };
    }
  },
});

function messageOf({ array, method, effect, readTooEarly }: AsyncArrayCallback): string {
  switch (effect) {
    case "dropped":
      if (readTooEarly !== undefined)
        return `${array}.${method} does not wait for the promises of its callback: ${readTooEarly} is read before they have set it`;
      return `${array}.${method} does not wait for the promises of its callback, and drops their rejections`;
    case "unawaited":
      return `nobody waits for the promises that ${array}.${method} gives: only their number is asked`;
    case "always-true":
      return `${array}.${method} takes every promise for true`;
    case "not-a-number":
      return `${array}.${method} gets a promise in place of a number, so that nothing is ordered`;
  }
}
