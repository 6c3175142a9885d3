import { defineRule, mockOnlyInterfaces, source } from "#kit";

export default defineRule({
  id: "ts/mock-only-interface",
  group: "interfaces",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  scope: "project",
  interest: /\binterface\s+[A-Za-z_$]/,

  docs: {
    summary: "Interface that only one class and its test doubles implement",
    why: "Production code goes through an abstraction that exists for the tests, and the tests then check what the double does.",
    instead:
      "Test with the real class, which reaches nothing outside; or hand in a function for the one step that a test replaces.",
    bad: {
      "a mock of arithmetic": source`
        interface Pricer { // want "Pricer has one implementation, ListPricer; the others are test doubles: MockPricer"
          price(item: string): number;
          discount(item: string): number;
        }

        class ListPricer implements Pricer {
          constructor(private readonly list: Record<string, number>) {}
          price(item: string): number {
            return this.list[item] ?? 0;
          }
          discount(item: string): number {
            return this.price(item) / 10;
          }
        }

        class MockPricer implements Pricer {
          price(): number {
            return 1;
          }
          discount(): number {
            return 0;
          }
        }

        export const total = (pricer: Pricer, item: string) => pricer.price(item) - pricer.discount(item);

        total(new ListPricer({}), "a");
        total(new MockPricer(), "a");
      `,
    },
    good: {
      "the real one talks to the outside": source`
        interface Rates {
          rate(currency: string): Promise<number>;
          close(): void;
        }

        class RemoteRates implements Rates {
          async rate(currency: string): Promise<number> {
            const response = await fetch("https://rates.example.com/" + currency);
            return Number(await response.text());
          }
          close(): void {}
        }

        class FakeRates implements Rates {
          async rate(): Promise<number> {
            return 1;
          }
          close(): void {}
        }

        export const convert = async (rates: Rates, amount: number) => amount * (await rates.rate("EUR"));

        export const all = [new RemoteRates(), new FakeRates()];
      `,
    },
    limits: [
      "Judged are interfaces that only the workspace can use: those that no entry point of a package that others install leads to.",
      "Types are known by their names: an interface whose name is declared twice in the workspace is left out.",
      "A class whose file imports packages of others, or what reaches files, processes and networks, is a boundary, for which doubles are made.",
    ],
  },

  check: ({ use }) => use(mockOnlyInterfaces),
});
