import { defineRule, mergedDeclarations, source } from "#kit";

export default defineRule({
  id: "ts/unsafe-declaration-merging",
  group: "interfaces",
  severity: "warning",
  since: "0.1.0",
  interest: /\binterface\b/,
  aliases: ["@typescript-eslint/no-unsafe-declaration-merging", "noUnsafeDeclarationMerging"],

  docs: {
    summary: "Class and interface of one name",
    why: "The compiler adds the interface's members to the class and believes that they are there; reading one that nobody set gives undefined.",
    instead: "Declare the members in the class, or implement an interface of another name.",
    bad: {
      "name is undefined": source`
        interface User { // want "User is an interface and a class"
          name: string;
        }

        class User {
          greet(): string {
            return "hello " + this.name.toUpperCase();
          }
        }

        new User().greet();
      `,
    },
    good: {
      "the class has it": source`
        interface Named {
          name: string;
        }

        class User implements Named {
          name = "nobody";
        }

        new User();
      `,
    },
    limits: [
      "An interface without members, or with properties called `_` or `__name` that carry types alone, adds nothing, and ambient declarations describe what is elsewhere.",
    ],
    references: ["https://typescript-eslint.io/rules/no-unsafe-declaration-merging"],
  },

  check: ({ use }) => use(mergedDeclarations),
});
