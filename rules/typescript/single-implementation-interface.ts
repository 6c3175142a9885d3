import { defineRule, singleImplementations, source } from "#kit";

export default defineRule({
  id: "ts/single-implementation-interface",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s+[A-Za-z_$]/,
  aliases: ["no-single-implementation-interface"],
  yieldsTo: ["ts/mock-only-interface", "ts/interface-beside-implementation"],

  docs: {
    summary: "Interface with one implementing class, and no other value or test double",
    why: "It doubles every signature, hides the code behind a jump to the contract, and abstracts from nothing: a class is a type too.",
    instead:
      "Use the class as the type. An interface can be extracted the day a second implementation comes.",
    bad: {
      "an interface for one class": source`
        interface Users { // want "Users has one implementation, MemoryUsers, and no test double; its 1 use could take MemoryUsers"
          name(id: number): string | undefined;
          rename(id: number, name: string): void;
        }

        class MemoryUsers implements Users {
          #names = new Map<number, string>();
          name(id: number): string | undefined {
            return this.#names.get(id);
          }
          rename(id: number, name: string): void {
            this.#names.set(id, name);
          }
        }

        export function greet(users: Users, id: number): string {
          return users.name(id) ?? "nobody";
        }

        greet(new MemoryUsers(), 1);
      `,
    },
    good: {
      "two of them": source`
        interface Users {
          name(id: number): string | undefined;
          rename(id: number, name: string): void;
        }

        class MemoryUsers implements Users {
          #names = new Map<number, string>();
          name(id: number): string | undefined {
            return this.#names.get(id);
          }
          rename(id: number, name: string): void {
            this.#names.set(id, name);
          }
        }

        const nobody: Users = {
          name: () => undefined,
          rename: () => {},
        };

        export const all: readonly Users[] = [new MemoryUsers(), nobody];
      `,
    },
    limits: [
      "Judged are interfaces that only the workspace can use: those that no entry point of a package that others install leads to.",
      "Types are known by their names: an interface whose name is declared twice in the workspace is left out.",
      "Object literals of the type, casts to it, factories that return it, mocks of it and subclasses of the class count as implementations.",
      "Left alone: interfaces of one member, generic ones, and those that another one extends or that constrain a type parameter.",
    ],
    whenNotToUse: "Where interfaces are tokens of dependency injection.",
  },

  check: ({ use }) => use(singleImplementations),
});
