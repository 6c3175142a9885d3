/**
 * Kills the App's server at random moments while it reviews for a fake GitHub, and looks at what is said in the end.
 * `node dist/bench/kill.js [--reviews N] [--kills K] [--seed S] [--postgresql] [--boxed]`
 */
import { parseArgs } from "node:util";
import { startPostgres } from "../test/adapters/queue/postgres-server.ts";
import { helpIfAsked } from "./help.ts";
import { killRun } from "./kill-run.ts";

helpIfAsked(import.meta.url);

const { values } = parseArgs({
  options: {
    reviews: { type: "string", default: "1000" },
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    postgresql: { type: "boolean", default: false },
    boxed: { type: "boolean", default: false },
  },
});
const server = values.postgresql ? startPostgres() : undefined;
try {
  const figures = await killRun({
    reviews: Number(values.reviews),
    kills: Number(values.kills),
    seed: Number(values.seed),
    isBoxed: values.boxed,
    ...(server && { databaseUrl: server.url }),
    say: (line) => console.error(line),
  });
  console.log(JSON.stringify({ database: server ? "PostgreSQL" : "PGlite", ...figures }, null, 2));
  const { missing, doubled, wrong, unchecked, leftOpen, violations } = figures;
  if (missing + doubled + wrong + unchecked + leftOpen + violations.length > 0)
    process.exitCode = 1;
} finally {
  server?.stop();
}
