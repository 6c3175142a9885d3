import { defineRule, redundantConstituents, source } from "#kit";

export default defineRule({
  id: "ts/redundant-type-constituent",
  group: "interfaces",
  severity: "warning",
  since: "0.1.0",
  interest: /[|&]/,
  aliases: [
    "@typescript-eslint/no-redundant-type-constituents",
    "@typescript-eslint/no-duplicate-type-constituents",
  ],

  docs: {
    summary: "Member of a union or intersection that another one takes in",
    why: "It looks like a case to handle, and the compiler has dropped it.",
    instead: "Leave it out; for completion in an editor write `(string & {})`.",
    bad: {
      "a literal beside string": source`
        export type Level = "info" | "warning" | string; // want "info., .warning. add nothing beside string"
      `,
    },
    good: {
      "distinct members": source`
        export type Level = "info" | "warning" | (string & {});
        export type Result = string | number | undefined;
      `,
    },
    limits: [
      "What the text of the file decides: literals beside their primitive type, anything beside any and unknown, `never`, `undefined` in an optional parameter, and repetitions. Imported names are not resolved.",
    ],
    references: ["https://typescript-eslint.io/rules/no-redundant-type-constituents"],
  },

  check: ({ use }) => use(redundantConstituents),
});
