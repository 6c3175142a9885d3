import { defineRule, source, unusedInterfaceMethods } from "#kit";

export default defineRule({
  id: "ts/unused-interface-member",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s+[A-Za-z_$]/,
  aliases: ["vibelint"],

  docs: {
    summary: "Method of an interface that nothing calls",
    why: "Every class and every test double has to implement it, and nobody would notice if it did nothing.",
    instead: "Delete it from the interface, and from the classes where nothing else needs it.",
    bad: {
      "nobody calls it": source`
        interface Store {
          load(id: string): string;
          compact(level: number): void; // want "nothing calls Store.compact, and 1 type has to implement it"
        }

        class DiskStore implements Store {
          load(id: string): string {
            return id;
          }
          compact(level: number): void {
            console.log(level);
          }
        }

        export function show(store: Store): string {
          return store.load("1");
        }

        show(new DiskStore());
      `,
    },
    good: {
      "what is called": source`
        interface Store {
          load(id: string): string;
        }

        class DiskStore implements Store {
          load(id: string): string {
            return id;
          }
        }

        export function show(store: Store): string {
          return store.load("1");
        }

        show(new DiskStore());
      `,
    },
    limits: [
      "Methods whose name nothing in the workspace selects, destructures, quotes or writes in a literal: only where classes define it.",
      "Interfaces that others can import or that no class implements are left alone.",
    ],
  },

  check: ({ use }) => use(unusedInterfaceMethods),
});
