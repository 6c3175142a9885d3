import { callSignatureInterfaces, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/prefer-function-type",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  interest: /\binterface\b|\{\s*[(<]/,
  aliases: [
    "@typescript-eslint/prefer-function-type",
    "useShorthandFunctionType",
    "callable-types",
  ],

  docs: {
    summary: "Interface or object type whose only member is a call signature",
    why: "It takes three lines and a second look to see that it is a function.",
    instead: "Write the function type.",
    bad: {
      "a listener": source`
        interface Listener { // want "Listener is a function type written as an interface"
          (event: string): void;
        }

        export const listeners: Listener[] = [];
      `,
    },
    good: {
      "a function type, and a function with a property": source`
        type Listener = (event: string) => void;

        interface Counter {
          (): number;
          reset(): void;
        }

        export const listeners: Listener[] = [];
        export const counters: Counter[] = [];
      `,
    },
    limits: [
      "Merged and ambient interfaces are left alone, and those that extend more than `Function`.",
      "No fix where `this` stands in the signature, or where a comment inside would be lost.",
    ],
    references: ["https://typescript-eslint.io/rules/prefer-function-type"],
  },

  check: ({ use }) => use(callSignatureInterfaces),
});
