import { defineRule, source, unheardPools } from "#kit";

export default defineRule({
  id: "ts/pool-error-unhandled",
  group: "events",
  severity: "warning",
  confidence: "medium",
  since: "0.1.0",
  interest: /["']pg["']/,

  docs: {
    summary: "A pool of pg whose error event nobody listens to",
    why: "When the server ends an idle connection (a restart, a failover, a firewall), the pool emits error. An error event without a listener ends the process, though no query was running.",
    instead:
      'Listen to it where the pool is made: `pool.on("error", (error) => log(error))`. The broken connection is thrown away by the pool itself.',
    bad: {
      "a restart of the database ends the process": source`
        import { Pool } from "pg";

        export const pool = new Pool({ max: 10 }); // want "nobody listens to the errors of this pool"
      `,
    },
    good: {
      "an idle connection that breaks is logged": source`
        import { Pool } from "pg";

        export const pool = new Pool({ max: 10 });
        pool.on("error", (error: Error) => console.error("idle connection failed", error));
      `,
    },
    limits: [
      "Only pools of pg, in files that mention no error event at all; scripts, migrations and tests are left out.",
    ],
    whenNotToUse: "Where another file attaches the listener.",
    references: ["https://node-postgres.com/apis/pool#events"],
  },

  *check({ use }) {
    for (const { at } of use(unheardPools)) {
      yield {
        at,
        message:
          "nobody listens to the errors of this pool: an idle connection that breaks ends the process",
      };
    }
  },
});
