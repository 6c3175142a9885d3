import { defineRule, source, transactionHazards } from "#kit";

export default defineRule({
  id: "ts/external-call-in-transaction",
  group: "races",
  severity: "warning",
  since: "0.1.0",
  interest: /transaction\s*(?:<[^>(]*>)?\(/i,

  docs: {
    summary: "Another system is called while a database transaction is open",
    why: "The transaction holds its locks and its connection for as long as the other system takes. When it is slow, the pool runs dry; and what was sent cannot be rolled back.",
    instead:
      "Call before or after the transaction, or write the message into a table (an outbox) that is sent after the commit.",
    bad: {
      "rows stay locked for as long as the shop takes to answer": source`
        interface Client {
          update(table: string, row: object): Promise<void>;
          transaction(run: (tx: Client) => Promise<void>): Promise<void>;
        }
        declare const db: Client;

        export async function pay(order: object): Promise<void> {
          await db.transaction(async (tx) => {
            await tx.update("orders", order);
            await fetch("https://shop.example/pay", { method: "POST" }); // want "the transaction stays open while fetch.. is waited for"
          });
        }
      `,
    },
    good: {
      "after the commit": source`
        interface Client {
          update(table: string, row: object): Promise<void>;
          transaction(run: (tx: Client) => Promise<void>): Promise<void>;
        }
        declare const db: Client;

        export async function pay(order: object): Promise<void> {
          await db.transaction(async (tx) => {
            await tx.update("orders", order);
          });
          await fetch("https://shop.example/pay", { method: "POST" });
        }
      `,
    },
    limits: [
      "Known are fetch, axios, got, ky and the common clients of payment, mail and message services, awaited in the callback itself.",
    ],
  },

  *check({ use }) {
    for (const { kind, at, name, openedAt } of use(transactionHazards)) {
      if (kind !== "external") continue;
      yield {
        at,
        message: `the transaction stays open while ${name} is waited for`,
        related: [{ at: openedAt, note: "the transaction is opened here" }],
      };
    }
  },
});
