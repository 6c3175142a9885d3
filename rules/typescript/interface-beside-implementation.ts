import { defineRule, interfacesBesideImplementations, source } from "#kit";

export default defineRule({
  id: "ts/interface-beside-implementation",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s+[A-Za-z_$]/,
  aliases: ["no-single-implementation-interface"],
  yieldsTo: ["ts/mock-only-interface"],

  docs: {
    summary: "Interface and its only implementation as a pair in one file",
    why: "Each method is written twice within a screen, and each change is made twice.",
    instead: "Delete the interface and use the class as the type.",
    bad: {
      "IUserService and UserService": source`
        interface IUserService { // want "IUserService repeats UserService, its only implementation, in the same file"
          name(id: number): string;
          rename(id: number, name: string): void;
        }

        class UserService implements IUserService {
          #names = new Map<number, string>();
          name(id: number): string {
            return this.#names.get(id) ?? "";
          }
          rename(id: number, name: string): void {
            this.#names.set(id, name);
          }
        }

        export const greet = (users: IUserService) => users.name(1);

        greet(new UserService());
      `,
    },
    good: {
      "the class is the type": source`
        class UserService {
          #names = new Map<number, string>();
          name(id: number): string {
            return this.#names.get(id) ?? "";
          }
          rename(id: number, name: string): void {
            this.#names.set(id, name);
          }
        }

        export const greet = (users: UserService) => users.name(1);

        greet(new UserService());
      `,
    },
    limits: [
      "Judged are interfaces that only the workspace can use: those that no entry point of a package that others install leads to.",
      "Types are known by their names: an interface whose name is declared twice in the workspace is left out.",
      "A pair is told by the names: an I before it, Interface or Impl behind it, Default before the class.",
    ],
  },

  check: ({ use }) => use(interfacesBesideImplementations),
});
