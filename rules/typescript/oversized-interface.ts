import { countedInterfaces, defineRule, source } from "#kit";

export default defineRule({
  id: "ts/oversized-interface",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  stage: "trial",
  interest: /\binterface\s+[A-Za-z_$]/,
  options: {
    limit: {
      type: "number",
      default: 10,
      description: "Number of methods of its own that an interface may ask for",
    },
  },

  docs: {
    summary: "Interface that asks for more methods than the limit",
    why: "Whoever implements it, mocks it or reads it has to know them all, though most users call two or three.",
    instead:
      "Split it by the needs of its users, and extend the parts where all are needed; a function can ask for a Pick of it.",
    bad: {
      "one interface for everything that a store can do": source`
        export interface Store { // want "Store asks for 11 methods; the limit is 10"
          user(id: string): string;
          addUser(name: string): void;
          removeUser(id: string): void;
          order(id: string): string;
          addOrder(user: string): void;
          removeOrder(id: string): void;
          item(id: string): string;
          addItem(name: string): void;
          removeItem(id: string): void;
          begin(): void;
          commit(): void;
        }
      `,
    },
    good: {
      "an interface for each need": source`
        export interface Users {
          user(id: string): string;
          addUser(name: string): void;
          removeUser(id: string): void;
        }

        export interface Orders {
          order(id: string): string;
          addOrder(user: string): void;
          removeOrder(id: string): void;
        }
      `,
    },
    limits: [
      "Methods that it writes itself and that have to be there count; properties do not: data is as wide as it is.",
      "Exported interfaces of packages that others install are left alone: their API is there to be called, and can hardly be split any more.",
      "Overloads count once; ambient declarations, generated files and tests are left alone.",
    ],
    whenNotToUse: "Where interfaces describe a protocol or a driver that is large by nature.",
  },

  *check({ use, options: { limit: allowed } }) {
    const limit = Number(allowed);
    for (const { name, at, methods } of use(countedInterfaces)) {
      if (methods <= limit || /Props$/.test(name)) continue;
      yield { at, message: `${name} asks for ${methods} methods; the limit is ${limit}` };
    }
  },
});
