import { defineRule, type PromiseApiMisuse, promiseApiMisuses, source } from "#kit";

export default defineRule({
  id: "ts/promise-api-misuse",
  group: "promises",
  severity: "warning",
  since: "0.1.0",
  interest: /\bPromise\b|\.(?:then|catch)\b/,
  aliases: ["promise/no-new-statics", "promise/valid-params", "promise/param-names"],

  docs: {
    summary: "Call of the Promise API that does not do what it says",
    why: "`new Promise.all(…)` throws, a second argument is ignored, and `.then(work())` hands over a promise, which is ignored: the work starts at once, not afterwards.",
    instead:
      "Call the static without `new`, put promises in one list, and hand functions to `then`.",
    bad: {
      "two lists": source`
        export async function both(): Promise<unknown> {
          return await Promise.all(fetch("/a") as never, fetch("/b")); // want "Promise.all looks at its first argument alone"
        }
      `,
      "a promise in place of a function": source`
        declare function save(): Promise<void>;

        export async function both(): Promise<void> {
          await fetch("/a").then(save() as never); // want "save\\(\\) is a promise, which then ignores"
        }
      `,
    },
    good: {
      "as it is meant": source`
        declare function save(): Promise<void>;

        export async function both(): Promise<void> {
          await Promise.all([fetch("/a"), fetch("/b")]);
          await fetch("/a").then(() => save());
        }
      `,
    },
    limits: ["Silent in files that declare or import a Promise of their own."],
  },

  *check({ use }) {
    for (const misuse of use(promiseApiMisuses)) {
      const { at, kind, edits } = misuse;
      yield {
        at,
        message: messageOf(misuse),
        fixes: kind === "new-static" ? [{ kind: "safe", description: "call it", edits }] : [],
      };
    }
  },
});

function messageOf({ kind, name }: PromiseApiMisuse): string {
  switch (kind) {
    case "new-static":
      return `${name} is no constructor: new throws`;
    case "too-many":
      return `${name} looks at its first argument alone`;
    case "missing-list":
      return `${name} needs a list`;
    case "not-a-function":
      return `${name} is a promise, which then ignores: it has started already, and nobody waits for it`;
    case "no-handler":
      return `${name}() without a handler does nothing`;
    case "no-executor":
      return `${name} without an executor throws`;
    case "swapped":
      return `the executor of ${name} gets resolve first, then reject`;
  }
}
