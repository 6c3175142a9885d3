/**
 * How fast the App's server answers webhooks, and how long a pull request waits for its review, for a fake GitHub.
 * `node dist/bench/load.js [--rate 100] [--seconds 10] [--burst 1000] [--pulls 50] [--postgresql]`
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { QueueStatus } from "../src/adapters/queue/review-queue.ts";
import { ownDirectory } from "../src/apps/own-package.ts";
import { startPostgres } from "../test/adapters/queue/postgres-server.ts";
import { faulty } from "../test/apps/server/hub.ts";
import { freePort, startServerProcess } from "../test/apps/server/server-process.ts";
import { openFakeGitHub } from "../test/fake-github/fake-github.ts";
import type { Pull } from "../test/fake-github/world.ts";
import { helpIfAsked } from "./help.ts";
import type { Sending, Sent } from "./webhooks.ts";

helpIfAsked(import.meta.url);

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "100" },
    seconds: { type: "string", default: "10" },
    burst: { type: "string", default: "1000" },
    pulls: { type: "string", default: "50" },
    postgresql: { type: "boolean", default: false },
  },
});
const [rate, seconds, burst, pulls] = [values.rate, values.seconds, values.burst, values.pulls].map(
  Number,
) as [number, number, number, number];

const secret = "0123456789abcdef0123456789abcdef";
const built = join(ownDirectory(), "dist/bench");
const database = values.postgresql ? startPostgres() : undefined;
const github = await openFakeGitHub();
const { world } = github;
const directory = mkdtempSync(join(tmpdir(), "chokepoint-load-"));
const port = await freePort();
const environment = {
  PORT: String(port),
  APP_ID: String(github.appId),
  PRIVATE_KEY: github.privateKey,
  WEBHOOK_SECRET: secret,
  GITHUB_API_URL: github.url,
  ...(database && { DATABASE_URL: database.url }),
};
const log: string[] = [];

/** Runs something against a server. */
async function withServer<T>(more: Record<string, string>, use: () => Promise<T>): Promise<T> {
  const server = startServerProcess([join(built, "server.js")], {
    environment: { ...environment, ...more },
    directory,
    log: (line) => void (log.push(line) > 20 && log.shift()),
  });
  await server.url.catch((error: unknown) => {
    throw new Error(`${String(error)}\n${log.join("")}`);
  });
  try {
    return await use();
  } finally {
    await server.stop();
  }
}

async function send(how: Pick<Sending, "count" | "rate">, about: readonly Pull[]): Promise<Sent> {
  const child = spawn(process.execPath, [join(built, "webhooks.js")], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const payloads = about.map((pull) => JSON.stringify(github.payload(pull, "synchronize")));
  const url = `http://127.0.0.1:${port}/api/github/webhooks`;
  child.stdin.end(JSON.stringify({ ...how, url, secret, payloads } satisfies Sending));
  return JSON.parse(await text(child.stdout)) as Sent;
}

async function queue(): Promise<QueueStatus> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
  return ((await answer.json()) as { queue: QueueStatus }).queue;
}

/** What is asked of the server is asked seldom: it counts its jobs each time. */
async function until(holds: () => boolean | Promise<boolean>, every = 20): Promise<void> {
  while (!(await holds())) await pause(every);
}

function open(files: number): Pull {
  const number = world.pulls.length + 1;
  const names = Array.from({ length: files }, (_, index) => `p${number}/f${index}.go`);
  const edits = names.map((name, index) => [name, faulty(`Hub${index}`)] as const);
  world.push(`topic-${number}`, Object.fromEntries(edits), { from: "main" });
  return world.open(`topic-${number}`);
}

function row(what: string, { times, refused }: Sent): void {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  const cells = [what, times.length, refused, at(0.5), at(0.99), at(1)];
  console.log(`| ${cells.join(" | ")} |`);
}

world.push("main", { "go.mod": "module example.com/hub\n\ngo 1.22\n" });
const many = Array.from({ length: pulls }, () => open(1));
const each = { count: rate * seconds, rate };

console.log(`${database ? "PostgreSQL" : "PGlite"}, ${pulls} pull requests\n`);
console.log("| webhooks | sent | refused | p50 ms | p99 ms | slowest ms |");
console.log("|---|---|---|---|---|---|");
await withServer({ NO_WORK: "1" }, async () => {
  row(`${rate} a second, taken alone`, await send(each, many));
  row(`${burst} at once, taken alone`, await send({ count: burst }, many));
  const { deliveries } = await queue();
  if (deliveries.waiting !== each.count + burst) throw new Error("a delivery was not kept");
});

const waited = await withServer({}, async () => {
  const started = performance.now();
  row(`${rate} a second, while it reviews`, await send(each, many));
  await until(async () => {
    const { deliveries, reviews } = await queue();
    return [deliveries, reviews].every(({ waiting, active }) => waiting + active === 0);
  }, 500);
  return performance.now() - started;
});
const told = new Set(world.reviews.map(({ pull }) => pull)).size;
if (told !== pulls) throw new Error(`${pulls - told} pull requests were not reviewed`);
console.log(
  `\nAll ${2 * each.count + burst} deliveries were worked off, and all ${pulls} pull requests reviewed, ${Math.round(waited / 1000)} s after the start.`,
);

await withServer({}, async () => {
  const files = 30;
  for (const what of ["first", "second"]) {
    const pull = open(files);
    const started = performance.now();
    await send({ count: 1 }, [pull]);
    await until(() => world.reviews.some((one) => one.pull === pull.number));
    const took = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`\n${files} files, webhook to posted review, the ${what}: ${took} s.`);
  }
});

const violations = await github.stop();
database?.stop();
rmSync(directory, { recursive: true, force: true });
if (violations.length > 0) throw new Error(violations.join("\n"));
