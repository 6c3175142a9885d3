import { defineRule, source, transactionHazards } from "#kit";

export default defineRule({
  id: "ts/transaction-client-escape",
  group: "races",
  severity: "error",
  since: "0.1.0",
  interest: /transaction\s*(?:<[^>(]*>)?\(/i,

  docs: {
    summary: "A query inside a transaction's callback that goes through the client around it",
    why: "The query runs on another connection, outside of the transaction: it is not rolled back with the rest, does not see what the transaction wrote, and may wait for a lock that the transaction itself holds, until both time out.",
    instead: "Use the client that the callback is given.",
    bad: {
      "the payment stays when the order is rolled back": source`
        interface Client {
          order: { create(data: object): Promise<void> };
          payment: { create(data: object): Promise<void> };
          $transaction(run: (tx: Client) => Promise<void>): Promise<void>;
        }
        declare const prisma: Client;

        export async function checkout(order: object, payment: object): Promise<void> {
          await prisma.$transaction(async (tx) => {
            await tx.order.create(order);
            await prisma.payment.create(payment); // want "prisma.payment.create.. runs outside of the transaction"
          });
        }
      `,
    },
    good: {
      "both through the transaction": source`
        interface Client {
          order: { create(data: object): Promise<void> };
          payment: { create(data: object): Promise<void> };
          $transaction(run: (tx: Client) => Promise<void>): Promise<void>;
        }
        declare const prisma: Client;

        export async function checkout(order: object, payment: object): Promise<void> {
          await prisma.$transaction(async (tx) => {
            await tx.order.create(order);
            await tx.payment.create(payment);
          });
        }
      `,
    },
    limits: [
      "The client must be written as it was where the transaction was opened, and the call be awaited or returned; calls that are given the transaction, and those that only build parts of a query, are left out.",
      "Helpers that use the outer client inside are not followed.",
    ],
  },

  *check({ use }) {
    for (const hazard of use(transactionHazards)) {
      if (hazard.kind !== "escape") continue;
      const { at, name, transaction, client, openedAt, clientAt } = hazard;
      yield {
        at,
        message: `${name} runs outside of the transaction: it goes through ${client}, not ${transaction}`,
        related: [{ at: openedAt, note: `the transaction that ${transaction} belongs to` }],
        ...(clientAt && {
          fixes: [
            {
              kind: "suggestion",
              description: `Use ${transaction}`,
              edits: [{ ...clientAt, text: transaction }],
            },
          ],
        }),
      };
    }
  },
});
