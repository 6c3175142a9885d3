import { defineRule, duplicateInterfaces, source } from "#kit";

export default defineRule({
  id: "ts/duplicate-interface",
  group: "interfaces",
  severity: "info",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s+[A-Za-z_$]/,

  docs: {
    summary: "Interface with the same members as another one",
    why: "Two names for one contract: readers look for the difference, and a change of one forgets the other.",
    instead: "Keep one and import it, or make the second an alias.",
    bad: {
      "the same structure twice": source`
        export interface Address {
          street: string;
          city: string;
          zip: string;
          country?: string;
        }

        export interface Location { // want "Location asks for the same 4 members as Address"
          country?: string;
          city: string;
          street: string;
          zip: string;
        }
      `,
    },
    good: {
      "they differ": source`
        export interface Address {
          street: string;
          city: string;
          zip: string;
          country?: string;
        }

        export interface Location {
          latitude: number;
          longitude: number;
          city: string;
          country?: string;
        }
      `,
    },
    limits: [
      "From four members on, inside of one package; layers of their own in other packages may well have the same shape.",
      "Types are known by their names: an interface whose name is declared twice in the workspace is left out.",
      "Types are compared as they are written.",
    ],
  },

  check: ({ use }) => use(duplicateInterfaces),
});
