import { defineRule, handlerConnections, source } from "#kit";

export default defineRule({
  id: "ts/connection-per-request",
  group: "events",
  severity: "info",
  confidence: "medium",
  since: "0.1.0",
  interest: /\bnew\s|\b(?:createPool|createClient|knex)\s*\(/,
  aliases: ["node-doctor/no-db-connection-per-request"],

  docs: {
    summary: "A request handler makes a client or pool of its own",
    why: "Each request opens connections of its own, which takes longer than most queries, and a burst of requests uses up what the database allows.",
    instead: "Make it once for the process, at the top of a module, and use it in all handlers.",
    bad: {
      "a pool for each request": source`
        import { Pool } from "pg";

        declare const app: {
          get(path: string, run: (request: unknown, response: { json(rows: unknown): void }) => Promise<void>): void;
        };

        app.get("/orders", async (_req, response) => {
          const pool = new Pool(); // want "each request makes its own: new Pool"
          const { rows } = await pool.query("SELECT * FROM orders");
          response.json(rows);
        });
      `,
    },
    good: {
      "one for the process": source`
        import { Pool } from "pg";

        declare const app: {
          get(path: string, run: (request: unknown, response: { json(rows: unknown): void }) => Promise<void>): void;
        };
        const pool = new Pool();

        app.get("/orders", async (_req, response) => {
          const { rows } = await pool.query("SELECT * FROM orders");
          response.json(rows);
        });
      `,
    },
    limits: [
      "Only clients of pg, mysql2, mongodb, redis, ioredis, sequelize, typeorm, knex, kafkajs and Prisma, in handlers that a router gets in the same module.",
    ],
  },

  *check({ use }) {
    for (const { at, name } of use(handlerConnections))
      yield { at, message: `each request makes its own: ${name}` };
  },
});
