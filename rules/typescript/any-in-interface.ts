import { defineRule, looseContracts, source } from "#kit";

export default defineRule({
  id: "ts/any-in-interface",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\b(?:any|Function)\b/,
  aliases: ["@typescript-eslint/no-explicit-any", "noExplicitAny"],

  docs: {
    summary: "Contract whose methods take or give any",
    why: "Every implementation and every caller has to know by heart what goes through, and a change of it breaks them at run time.",
    instead: "Write the type; where it is not known, unknown makes whoever uses it look.",
    bad: {
      "a result that is any": source`
        export interface Store {
          load(id: string): any; // want "Store.load gives any, of which nothing is checked"
          save(id: string, text: string): void;
        }
      `,
    },
    good: {
      "a result that has to be looked at": source`
        export interface Store {
          load(id: string): unknown;
          save(id: string, text: string): void;
        }
      `,
    },
    limits: [
      "Parameters and results of exported interfaces with two methods or more; one remark for each method.",
      "`any[]` and type arguments are left alone.",
    ],
  },

  check: ({ use }) => use(looseContracts),
});
