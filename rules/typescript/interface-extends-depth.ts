import { deepInterfaces, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/interface-extends-depth",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\binterface\s/,

  docs: {
    summary: "Interface that extends others more than three levels deep",
    why: "What a value has to have stands in five declarations, and each of the names in between is one more to know.",
    instead:
      "Put together what belongs together: one interface with the members, or an intersection of independent ones.",
    bad: {
      "five declarations": source`
        interface Named { name: string }
        interface Dated extends Named { at: Date }
        interface Stored extends Dated { id: string }
        interface Owned extends Stored { owner: string }
        interface Paper extends Owned { text: string } // want "Paper extends interfaces 4 levels deep: Owned, Stored, Dated, Named"
        export const papers: Paper[] = [];
      `,
    },
    good: {
      "independent ones": source`
        interface Named { name: string }
        interface Stored { id: string; at: Date }
        interface Paper extends Named, Stored { text: string; owner: string }
        export const papers: Paper[] = [];
      `,
    },
    limits: [
      "Interfaces of the package count, those of dependencies and of the platform do not; the first one that is too deep is reported, not those below it.",
    ],
  },

  check: ({ use }) => use(deepInterfaces),
});
