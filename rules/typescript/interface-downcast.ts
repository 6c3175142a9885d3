import { defineRule, downcasts, source } from "#kit";

export default defineRule({
  id: "ts/interface-downcast",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\bas\s+[A-Z]/,

  docs: {
    summary: "Value of an interface that is cast to the only class that implements it",
    why: "The interface hides what the code behind needs: it knows which class there is, and fails at run time on the day of a second one.",
    instead: "Use the class as the type, or put what is needed into the interface.",
    bad: {
      "back to the class": source`
        interface Store {
          load(id: string): string;
        }

        class DiskStore implements Store {
          load(id: string): string {
            return id;
          }
          flush(): void {}
        }

        export function end(store: Store): void {
          (store as DiskStore).flush(); // want "store is cast back to DiskStore, the only class that implements Store"
        }

        end(new DiskStore());
      `,
    },
    good: {
      "the class": source`
        class DiskStore {
          load(id: string): string {
            return id;
          }
          flush(): void {}
        }

        export function end(store: DiskStore): void {
          store.flush();
        }

        end(new DiskStore());
      `,
    },
    limits: [
      "The file declares the name with the interface as its type, and with no other.",
      "Interfaces that others can import, tests, and casts inside of the class are left alone.",
    ],
  },

  check: ({ use }) => use(downcasts),
});
