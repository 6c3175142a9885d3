import { defineRule, shorthandMethods, source } from "#kit";

export default defineRule({
  id: "ts/method-signature-style",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\binterface\s/,
  aliases: ["@typescript-eslint/method-signature-style", "useConsistentMethodSignatures"],

  docs: {
    summary: "Method of an interface in shorthand",
    why: "The compiler checks the parameters of a method in one direction alone: an implementation may ask for more than the interface gives.",
    instead: "Write it as a property: `save: (text: string) => void`.",
    bad: {
      shorthand: source`
        export interface Store {
          save(text: string): void; // want "save is written as a method"
        }
      `,
    },
    good: {
      "a property": source`
        export interface Store {
          readonly save: (text: string) => void;
        }
      `,
    },
    limits: ["Overloads and accessors are left alone."],
  },

  check: ({ use }) => use(shorthandMethods),
});
