import { defineRule, returnedInterfacesOfClasses, source } from "#kit";

export default defineRule({
  id: "ts/returned-interface",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\bas\s+[A-Z]/,

  docs: {
    summary: "Function that returns an interface although its callers need the one class behind it",
    why: "The annotation hides members that callers then cast for. A cast is not checked: on the day of a second class it is a lie.",
    instead: "Declare the class as the result, or leave the annotation to inference.",
    bad: {
      "callers cast": source`
        interface Store {
          load(id: string): string;
        }

        class DiskStore implements Store {
          load(id: string): string {
            return id;
          }
          flush(): void {}
        }

        function open(): Store { // want "open always returns a DiskStore, the only Store there is, and callers cast it back"
          return new DiskStore();
        }

        export function end(): void {
          (open() as DiskStore).flush();
        }
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

        function open(): DiskStore {
          return new DiskStore();
        }

        export function end(): void {
          open().flush();
        }
      `,
    },
    limits: [
      "Told only where somebody casts what it returns, at once or by way of a constant, in the same package.",
      "Interfaces that others can import, and tests, are left alone.",
    ],
  },

  check: ({ use }) => use(returnedInterfacesOfClasses),
});
