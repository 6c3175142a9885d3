import { defineRule, source, thenableObjects } from "#kit";

export default defineRule({
  id: "ts/thenable-object",
  group: "promises",
  severity: "info",
  since: "0.1.0",
  interest: /\bthen\b\s*[(:=]/,
  aliases: ["unicorn/no-thenable", "noThenProperty", "S7739"],

  docs: {
    summary: "Object with a method called then that is no promise",
    why: "`await` and `return` of an async function call every `then` that they find: awaiting the object never ends, and a module that exports `then` cannot be imported dynamically.",
    instead: "Give the method another name.",
    bad: {
      "a step that is called then": source`
        export const step = {
          name: "build",
          then() { // want "await would call then of this object, and never come back"
            return "test";
          },
        };
      `,
    },
    good: {
      "another name": source`
        export const step = {
          name: "build",
          next() {
            return "test";
          },
        };
      `,
    },
    limits: ["Only functions without a parameter: who takes one means to be a thenable."],
  },

  *check({ use }) {
    for (const { at, kind } of use(thenableObjects)) {
      const of = kind === "object" ? "this object" : "objects of this class";
      yield { at, message: `await would call then of ${of}, and never come back` };
    }
  },
});
