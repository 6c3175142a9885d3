import { defineRule, misusedConstructors, source } from "#kit";

export default defineRule({
  id: "ts/misused-new",
  group: "interfaces",
  severity: "warning",
  since: "0.1.0",
  interest: /\bnew\s*[(<]|\bconstructor\s*\(/,
  aliases: ["@typescript-eslint/no-misused-new", "noMisleadingInstantiator"],

  docs: {
    summary: "Constructor described where none is",
    why: "`new(): I` in an interface I says that an object of it creates another one, `constructor()` that it has a method of that name. No class fits by accident.",
    instead: "Describe the class: an interface of its own with `new(): I`, or `typeof` the class.",
    bad: {
      "an object that is no class": source`
        export interface Shape {
          area(): number;
          new (side: number): Shape; // want "a Shape is not what creates a Shape"
        }
      `,
    },
    good: {
      "a type for the class": source`
        export interface Shape {
          area(): number;
        }

        export interface ShapeConstructor {
          new (side: number): Shape;
        }
      `,
    },
    limits: ["Only the interface or class itself as the result."],
    references: ["https://typescript-eslint.io/rules/no-misused-new"],
  },

  check: ({ use }) => use(misusedConstructors),
});
