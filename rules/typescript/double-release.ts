import { defineRule, doubleReleases, source } from "#kit";

export default defineRule({
  id: "ts/double-release",
  group: "races",
  severity: "error",
  confidence: "high",
  since: "0.1.0",
  interest: /\bfinally\s*\{/,

  docs: {
    summary: "A connection or lock is given back, and given back again in the finally",
    why: "After the first time it belongs to the next one who asks. The second time takes it away from that one: two queries share a connection, or two tasks a lock; many pools throw at this place.",
    instead: "Give it back in the finally alone.",
    bad: {
      "given back twice when the query fails": source`
        interface Client {
          query(text: string): Promise<unknown>;
          release(error?: Error): void;
        }
        declare const pool: { connect(): Promise<Client> };

        export async function count(): Promise<unknown> {
          const client = await pool.connect();
          try {
            return await client.query("SELECT count(*) FROM orders");
          } catch (error) {
            client.release(error as Error); // want "client is given back here, and again in the finally"
            throw error;
          } finally {
            client.release();
          }
        }
      `,
    },
    good: {
      "in the finally alone": source`
        interface Client {
          query(text: string): Promise<unknown>;
          release(error?: Error): void;
        }
        declare const pool: { connect(): Promise<Client> };

        export async function count(): Promise<unknown> {
          const client = await pool.connect();
          try {
            return await client.query("SELECT count(*) FROM orders");
          } finally {
            client.release();
          }
        }
      `,
    },
    limits: [
      "Only `release`, `unlock` and their like on the same expression in one try statement; silent where the finally asks first, or where the name is set anew.",
    ],
    references: ["https://node-postgres.com/apis/pool#releasing-clients"],
  },

  *check({ use }) {
    for (const { at, name, againAt } of use(doubleReleases)) {
      yield {
        at,
        message: `${name} is given back here, and again in the finally`,
        related: [{ at: againAt, note: "given back again, when somebody else may have it" }],
      };
    }
  },
});
