import { defineRule, interfacesForData, source } from "#kit";

export default defineRule({
  id: "ts/interface-vs-type",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  stage: "trial",
  interest: /\binterface\s/,
  aliases: ["@typescript-eslint/consistent-type-definitions", "useConsistentTypeDefinitions"],

  docs: {
    summary: "Interface that describes data alone",
    why: "Interfaces are open: another declaration of the name adds members to it. Data is closed.",
    instead: "Write a type.",
    bad: {
      data: source`
        export interface Point { // want "Point describes data alone"
          x: number;
          y: number;
        }
      `,
    },
    good: {
      "a type": source`
        export type Point = { x: number; y: number };
      `,
    },
    limits: ["Interfaces with methods, signatures or bases are left alone."],
    whenNotToUse: "Where interfaces are the house style: most projects prefer them.",
  },

  check: ({ use }) => use(interfacesForData),
});
