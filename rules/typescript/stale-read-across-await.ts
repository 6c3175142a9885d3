import { defineRule, rollbacks, source, staleWrites } from "#kit";

export default defineRule({
  id: "ts/stale-read-across-await",
  group: "races",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bawait\b/,
  aliases: ["require-atomic-updates"],
  yieldsTo: ["ts/lazy-init-race", "ts/cache-stampede", "ts/check-then-act-across-await"],

  docs: {
    summary: "Shared state gets a value made from what it was before an await",
    why: "`total += await price()` reads total first, then waits. What others add to total meanwhile is overwritten: counts and sums come out too low, now and then, under load.",
    instead:
      "Await first and read afterwards (`const amount = await price(); total += amount`), or run the function under a mutex.",
    bad: {
      "two additions, one is lost": source`
        declare function priceOf(item: string): Promise<number>;

        let total = 0;

        export async function add(item: string): Promise<void> {
          total += await priceOf(item); // want "total is read before the await and set after it"
        }
      `,
    },
    good: {
      "read and written without a wait between them": source`
        declare function priceOf(item: string): Promise<number>;

        let total = 0;

        export async function add(item: string): Promise<void> {
          const price = await priceOf(item);
          total += price;
        }
      `,
    },
    limits: [
      "The state is a binding of the module or of an outer function, a field of this, or an element of a map, set or record kept in one of these.",
      "The written value must be computed from the value read; where the old value was only handed to what is awaited, nothing is said.",
      "Silent where the state is read again after the await, behind a flag that the function tests, and under a lock or in a queue. Low confidence where a catch puts the old value back.",
    ],
    references: ["https://eslint.org/docs/latest/rules/require-atomic-updates"],
  },

  *check({ use }) {
    for (const write of use(staleWrites)) {
      const isRollback = use(rollbacks)(write.writtenAt);
      const { function: model, target, readAt, awaitedAt, writtenAt, isOneExpression } = write;
      yield {
        at: writtenAt,
        message: `${target.text} is read before the await and set after it: what another call of ${model.name} sets in between is lost`,
        severity: isOneExpression ? "error" : "warning",
        confidence: isOneExpression ? "high" : isRollback ? "low" : "medium",
        related: [
          { at: readAt, note: `${target.text} is read here` },
          { at: awaitedAt, note: "here others can run" },
        ],
        trace: write.trace,
        about: [writtenAt, readAt],
      };
    }
  },
});
