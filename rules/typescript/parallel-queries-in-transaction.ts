import { defineRule, source, transactionHazards } from "#kit";

export default defineRule({
  id: "ts/parallel-queries-in-transaction",
  group: "races",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /transaction\s*(?:<[^>(]*>)?\(/i,

  docs: {
    summary: "Queries of one transaction that are started side by side",
    why: "A transaction has one connection, which takes one query at a time: nothing is won. When one of them fails, Promise.all ends at once and the transaction is rolled back while others are still queued; they then run after the end of the transaction, or fail with an error that hides the first.",
    instead: "Await one after the other, or write them as one statement.",
    bad: {
      "the second insert may run after the rollback": source`
        interface Client {
          insert(table: string, row: object): Promise<void>;
          transaction(run: (tx: Client) => Promise<void>): Promise<void>;
        }
        declare const db: Client;

        export async function transfer(from: object, to: object): Promise<void> {
          await db.transaction(async (tx) => {
            await Promise.all([tx.insert("debits", from), tx.insert("credits", to)]); // want "Promise.all starts several queries of tx at once"
          });
        }
      `,
    },
    good: {
      "one after the other": source`
        interface Client {
          insert(table: string, row: object): Promise<void>;
          transaction(run: (tx: Client) => Promise<void>): Promise<void>;
        }
        declare const db: Client;

        export async function transfer(from: object, to: object): Promise<void> {
          await db.transaction(async (tx) => {
            await tx.insert("debits", from);
            await tx.insert("credits", to);
          });
        }
      `,
    },
    limits: [
      "Queries are calls on the client that the callback is given, written in the array or in the callback of map.",
    ],
    whenNotToUse: "With a driver that pipelines the queries of a transaction on purpose.",
  },

  *check({ use }) {
    for (const { kind, at, name, transaction, openedAt } of use(transactionHazards)) {
      if (kind !== "parallel") continue;
      yield {
        at,
        message: `${name} starts several queries of ${transaction} at once, and a transaction has one connection: where one fails, the others still run after the rollback`,
        related: [{ at: openedAt, note: `the transaction that ${transaction} belongs to` }],
      };
    }
  },
});
