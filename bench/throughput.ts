/**
 * How many pull requests the App's server reviews in a second, with one, two and four analyses at one time, each in a process of
 * its own; and how much memory the server takes after each tenth. Two installations share the work, for a fake GitHub.
 * `node dist/bench/throughput.js [--reviews 100] [--at-once 1,2,4] [--embedded] [--unboxed]`
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ownDirectory } from "../src/apps/own-package.ts";
import { startPostgres } from "../test/adapters/queue/postgres-server.ts";
import { faulty } from "../test/apps/server/hub.ts";
import { freePort, startServerProcess } from "../test/apps/server/server-process.ts";
import { openFakeGitHub } from "../test/fake-github/fake-github.ts";
import { helpIfAsked } from "./help.ts";

helpIfAsked(import.meta.url);

const { values } = parseArgs({
  options: {
    reviews: { type: "string", default: "100" },
    "at-once": { type: "string", default: "1,2,4" },
    embedded: { type: "boolean", default: false },
    unboxed: { type: "boolean", default: false },
  },
});
const reviews = Number(values.reviews);
const SECRET = "0123456789abcdef0123456789abcdef";

interface Run {
  readonly seconds: number;
  /** Megabytes of the server's process after each tenth of the reviews. */
  readonly megabytes: readonly number[];
}

async function run(atOnce: number): Promise<Run> {
  const database = values.embedded ? undefined : startPostgres();
  const github = await openFakeGitHub();
  const { world } = github;
  const directory = mkdtempSync(join(tmpdir(), "chokepoint-throughput-"));
  const port = await freePort();
  github.deliveries.target = {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    secret: SECRET,
  };
  const recent: string[] = [];
  const server = startServerProcess([join(ownDirectory(), "dist/bench/server.js")], {
    directory,
    log: (line) => void (recent.push(line) > 20 && recent.shift()),
    environment: {
      PORT: String(port),
      APP_ID: String(github.appId),
      PRIVATE_KEY: github.privateKey,
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: github.url,
      REVIEWS_AT_ONCE: String(atOnce),
      ...(database && { DATABASE_URL: database.url }),
      ...(values.unboxed && { UNBOXED: "1" }),
    },
  });
  await server.url.catch((error: unknown) => {
    throw new Error(`${String(error)}\n${recent.join("")}`);
  });
  world.push("main", { "go.mod": "module example.com/hub\n\ngo 1.22\n" });
  const installations = [world.installation, ...world.moreInstallations];
  const megabytes: number[] = [];
  const started = performance.now();
  const tenth = Math.ceil(reviews / 10);
  for (let told = 0; told < reviews; ) {
    for (const end = Math.min(told + tenth, reviews); told < end; told++) {
      world.push(`topic-${told}`, { [`p${told}/hub.go`]: faulty("Hub") }, { from: "main" });
      const pull = world.open(`topic-${told}`);
      const installation = { id: installations[told % installations.length] };
      await github.tell(pull, "opened", { payload: { installation } });
    }
    while (world.checkRuns.filter(({ status }) => status === "completed").length < told)
      await pause(20);
    megabytes.push(memoryOf(server.pid));
  }
  const seconds = (performance.now() - started) / 1000;
  const said = new Set(world.reviews.map(({ pull }) => pull)).size;
  if (said !== reviews) throw new Error(`${reviews - said} pull requests were not reviewed`);
  await server.stop();
  const violations = await github.stop();
  database?.stop();
  rmSync(directory, { recursive: true, force: true });
  if (violations.length > 0) throw new Error(violations.join("\n"));
  return { seconds, megabytes };
}

/** What a process has in memory, in megabytes, as Linux tells it. */
function memoryOf(pid: number | undefined): number {
  const [, kilobytes] =
    /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

console.log(
  `${values.embedded ? "PGlite" : "PostgreSQL"}, ${reviews} pull requests of two installations\n`,
);
console.log("| at once | seconds | reviews a second | server's MB after each tenth |");
console.log("|---|---|---|---|");
for (const atOnce of values["at-once"].split(",").map(Number)) {
  const { seconds, megabytes } = await run(atOnce);
  const cells = [atOnce, seconds.toFixed(1), (reviews / seconds).toFixed(2), megabytes.join(", ")];
  console.log(`| ${cells.join(" | ")} |`);
}
