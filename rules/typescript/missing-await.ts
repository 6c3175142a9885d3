import { defineRule, type Fix, type MissingAwait, missingAwaits, source } from "#kit";

export default defineRule({
  id: "ts/missing-await",
  group: "promises",
  severity: "error",
  since: "0.1.0",
  interest: /\basync\b|\bPromise\b|\bawait\b/,
  aliases: [
    "js/missing-await",
    "@typescript-eslint/no-misused-promises",
    "@typescript-eslint/no-misused-spread",
    "typescript/no-misused-promises",
    "promise-in-condition",
    "S6544",
  ],

  docs: {
    summary: "Promise used as if it were the value that it will have",
    why:
      "A promise is always true, equal to nothing but itself, has none of the properties of its value, and prints as " +
      "`[object Promise]`: the check always passes, the text is wrong, the property is undefined.",
    instead: "Await the promise before its value is used.",
    bad: {
      "everybody may": source`
        declare function isAllowed(user: string): Promise<boolean>;

        export async function remove(user: string): Promise<string> {
          if (isAllowed(user)) return "removed"; // want "isAllowed\\(\\) is a promise, and so always true"
          return "refused";
        }
      `,
      "a file that says [object Promise]": source`
        import { readFile, writeFile } from "node:fs/promises";

        export async function copy(from: string, to: string): Promise<void> {
          const text: string = JSON.parse(readFile(from, "utf8")); // want "readFile\\(\\) is a promise, where none is taken"
          await writeFile(to, text);
        }
      `,
      "a property of the promise": source`
        export async function size(url: string): Promise<unknown> {
          const response = fetch(url);
          return response.body; // want "response is a promise, which has no body"
        }
      `,
    },
    good: {
      "the value is awaited": source`
        declare function isAllowed(user: string): Promise<boolean>;

        export async function remove(user: string): Promise<string> {
          if (await isAllowed(user)) return "removed";
          return "refused";
        }
      `,
    },
    limits: [
      "Only calls that are known to give a promise, and constants that hold the result of one: a variable that may be undefined is tested on purpose.",
      "Comparisons of a promise with a variable are left alone, since both may be promises.",
      "Where a value is asked for (a parameter, a variable, a property, a cast) only if its type is known and has nothing of a promise; arguments of untyped functions are left alone.",
      "Members of a promise that is awaited or given a handler elsewhere: somebody gave it those.",
    ],
    references: [
      "https://typescript-eslint.io/rules/no-misused-promises",
      "https://codeql.github.com/codeql-query-help/javascript/js-missing-await/",
    ],
  },

  *check({ use }) {
    for (const missing of use(missingAwaits))
      yield { at: missing.at, message: messageOf(missing), fixes: fixesOf(missing) };
  },
});

function messageOf({ name, use, property }: MissingAwait): string {
  switch (use) {
    case "condition":
      return `${name} is a promise, and so always true`;
    case "comparison":
      return `${name} is a promise, which is never what it is compared with`;
    case "text":
      return `${name} is a promise, which prints as [object Promise]`;
    case "spread":
      return `${name} is a promise, of which nothing is spread`;
    case "property":
      return `${name} is a promise, which has no ${property}`;
    case "loop":
      return `${name} is a promise, which cannot be iterated`;
    case "value":
      return `${name} is a promise, where none is taken`;
  }
}

function fixesOf({ at, canAwait, madeAt, use }: MissingAwait): Fix[] {
  if (madeAt) return [waiting([{ ...madeAt, end: madeAt.start, text: "await " }])];
  if (!canAwait) return [];
  const { file, start, end } = at;
  const needsParentheses = use === "property" || use === "comparison";
  const before = { file, start, end: start, text: needsParentheses ? "(await " : "await " };
  const edits = needsParentheses ? [before, { file, start: end, end, text: ")" }] : [before];
  return [waiting(edits)];
}

function waiting(edits: Fix["edits"]): Fix {
  return { kind: "suggestion", description: "wait for the value", edits };
}
