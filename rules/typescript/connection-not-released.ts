import { defineRule, type Related, source, unreleasedResources } from "#kit";

export default defineRule({
  id: "ts/connection-not-released",
  group: "races",
  severity: "error",
  since: "0.1.0",
  interest:
    /\b(?:connect|acquire|getConnection|createQueryRunner|transaction|open)\s*\(|\bfinally\b/,

  docs: {
    summary:
      "A pooled connection, transaction or file handle that is lost when something between fails",
    why: "Each failure takes one connection out of the pool for good. After as many failures as the pool has connections every request waits until it times out, though the database is well.",
    instead:
      "Give it back in `finally`, or use the form that does so by itself: `pool.query(…)`, a transaction with a callback, `using`.",
    bad: {
      "a failed query costs a connection": source`
        interface Client { query(text: string): Promise<string[]>; release(): void }
        declare const pool: { connect(): Promise<Client> };

        export async function names(): Promise<string[]> {
          const client = await pool.connect(); // want "pool.connect.. takes is not given back when what is awaited next rejects"
          const rows = await client.query("select name from users");
          client.release();
          return rows;
        }
      `,
    },
    good: {
      "given back whatever happens": source`
        interface Client { query(text: string): Promise<string[]>; release(): void }
        declare const pool: { connect(): Promise<Client> };

        export async function names(): Promise<string[]> {
          const client = await pool.connect();
          try {
            return await client.query("select name from users");
          } finally {
            client.release();
          }
        }
      `,
    },
    limits: [
      "Known are pools (connect, acquire, getConnection), query runners, transactions without a callback and file handles of fs/promises, and whatever the function itself gives back in a finally (release, giveBack, unlock and the like); what is stored or returned is somebody else's to give back.",
      "Only awaits, returns and throws count as ways out between; a plain call that may throw does not.",
    ],
  },

  *check({ use }) {
    for (const resource of use(unreleasedResources)) {
      if (resource.kind !== "connection") continue;
      const { name, acquiredAt, lostAt, lostBy, releasedAt } = resource;
      const related: Related[] = [];
      if (lostAt) related.push({ at: lostAt, note: WAYS_OUT[lostBy] });
      if (releasedAt) related.push({ at: releasedAt, note: "it is given back here" });
      const how =
        lostBy === "never"
          ? "is never given back"
          : `is not given back when ${lostBy === "await" ? "what is awaited next rejects" : `the function leaves by the ${lostBy}`}`;
      yield { at: acquiredAt, message: `what ${name} takes ${how}`, related };
    }
  },
});

const WAYS_OUT = {
  await: "a rejection leaves the function here",
  return: "the function returns here",
  throw: "the function throws here",
  never: "",
};
