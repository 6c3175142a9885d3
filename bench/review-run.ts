import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ownDirectory } from "../src/apps/own-package.ts";
import { startPostgres } from "../test/adapters/queue/postgres-server.ts";
import { faulty } from "../test/apps/server/hub.ts";
import { freePort, startServerProcess } from "../test/apps/server/server-process.ts";
import { openFakeGitHub } from "../test/fake-github/fake-github.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

export interface ReviewRun {
  readonly reviews: number;
  /** Pull requests that are opened at once; the next come when all of them are reviewed. */
  readonly wave: number;
  /** Analyses at one time. */
  readonly atOnce: number;
  /** On PGlite, in the server's process; otherwise on a PostgreSQL. */
  readonly isEmbedded: boolean;
  /** Each analysis in a process of its own, as it is in earnest. */
  readonly isBoxed: boolean;
  /** Hears how many are reviewed after each wave, and what the server's process has in memory then, in megabytes. */
  onWave(reviewed: number, megabytes: number): void;
}

/** Has the App's server review small pull requests of some installations for a fake GitHub; answers how many seconds it took. */
export async function reviewMany(run: ReviewRun): Promise<number> {
  const { reviews, wave } = run;
  const database = run.isEmbedded ? undefined : startPostgres();
  const github = await openFakeGitHub();
  const { world } = github;
  const directory = mkdtempSync(join(tmpdir(), "chokepoint-reviews-"));
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
      REVIEWS_AT_ONCE: String(run.atOnce),
      ...(database && { DATABASE_URL: database.url }),
      ...(!run.isBoxed && { UNBOXED: "1" }),
    },
  });
  await server.url.catch((error: unknown) => {
    throw new Error(`${String(error)}\n${recent.join("")}`);
  });
  world.push("main", { "go.mod": "module example.com/hub\n\ngo 1.22\n" });
  const installations = [world.installation, ...world.moreInstallations];
  const isReviewed = () => world.checkRuns.every(({ status }) => status === "completed");
  const started = performance.now();
  for (let told = 0; told < reviews; ) {
    for (const end = Math.min(told + wave, reviews); told < end; told++) {
      world.push(`topic-${told}`, { [`p${told}/hub.go`]: faulty("Hub") }, { from: "main" });
      const pull = world.open(`topic-${told}`);
      const installation = { id: installations[told % installations.length] };
      // Who tells waits for git meanwhile, and may miss that a connection was closed.
      while ((await github.tell(pull, "opened", { payload: { installation } })) !== 200)
        await pause(100);
    }
    while (world.checkRuns.length < told || !isReviewed()) await pause(50);
    run.onWave(told, memoryOf(server.pid));
  }
  const seconds = (performance.now() - started) / 1000;
  const said = new Set(world.reviews.map(({ pull }) => pull)).size;
  if (said !== reviews) throw new Error(`${reviews - said} pull requests were not reviewed`);
  await server.stop();
  const violations = await github.stop();
  database?.stop();
  rmSync(directory, { recursive: true, force: true });
  if (violations.length > 0) throw new Error(violations.join("\n"));
  return seconds;
}

/** What a process has in memory, in megabytes, as Linux tells it. */
function memoryOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}
