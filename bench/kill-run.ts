import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { openDatabase } from "../src/adapters/queue/database.ts";
import type { QueueStatus } from "../src/adapters/queue/review-queue.ts";
import { ownDirectory } from "../src/apps/own-package.ts";
import {
  freePort,
  type ServerProcess,
  startServerProcess,
} from "../test/apps/server/server-process.ts";
import { openFakeGitHub } from "../test/fake-github/fake-github.ts";
import { judge, type Verdict } from "./kill-verdict.ts";
import { addFault, type PullEvent, pullEvents } from "./kill-world.ts";
import { randomFrom } from "./random.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
/** Up to so long after a start the server is killed. Milliseconds. */
const LONGEST_LIFE = 5_000;

export interface KillRun {
  /** Opened pull requests and pushes to them, each of which asks for a review. */
  readonly reviews: number;
  readonly kills: number;
  readonly seed: number;
  /** In place of the embedded database. */
  readonly databaseUrl?: string;
  /** Each analysis in a process of its own. */
  readonly isBoxed?: boolean;
  say?(line: string): void;
}

export interface KillFigures extends Verdict {
  /** Requests and answers that GitHub's API has not. */
  readonly violations: readonly string[];
  readonly kills: number;
  /** Of them, how many hit a server that did not listen yet. */
  readonly killedAtStart: number;
  /** Reviews that nobody tries again by himself. Another one of the same pull request may have said everything. */
  readonly givenUp: number;
  /** Checks that those left open, and that the server closes when nobody has worked at them for a while. */
  readonly reaped: number;
  readonly deliveries: number;
  readonly faults: number;
  readonly seconds: number;
}

/**
 * Kills the server again and again while pull requests are opened and pushed to, with deliveries that are lost, doubled and
 * late, and a GitHub that does not always answer; then lets it end its work, and looks at what GitHub shows.
 */
export async function killRun(run: KillRun): Promise<KillFigures> {
  const { reviews, kills, say = () => undefined } = run;
  const started = Date.now();
  const random = randomFrom(run.seed);
  const github = await openFakeGitHub();
  const directory = mkdtempSync(join(tmpdir(), "chokepoint-kill-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/api/github/webhooks`;
  github.deliveries.target = { url, secret: SECRET };
  const environment: Record<string, string> = {
    PORT: String(port),
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: github.url,
    ...(run.databaseUrl && { DATABASE_URL: run.databaseUrl }),
    ...(!run.isBoxed && { UNBOXED: "1" }),
  };
  const program = join(ownDirectory(), "dist/bench/server.js");
  const recent: string[] = [];
  const log = (line: string) => void (recent.push(line) > 40 && recent.shift());
  const start = () => startServerProcess([program], { environment, directory, log });

  const events = pullEvents(github.world, reviews, random);
  let faults = 0;
  const told: Promise<unknown>[] = [];
  const tell = ({ pull, action }: PullEvent) => {
    const guid = randomUUID();
    if (random() < 0.3) faults += addFault(github.faults, random);
    const isLost = random() < 0.1;
    const copies = random() < 0.15 ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      told.push(github.tell(pull, action, { guid, isLost }));
  };

  let killedAtStart = 0;
  let late: PullEvent[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const server = start();
    const due = Math.ceil((reviews * (kill + 1)) / kills) - Math.ceil((reviews * kill) / kills);
    const news = [...late.splice(0), ...Array.from({ length: due }, () => events.next().value)];
    const sent = sendSlowly(news.filter((event) => event !== undefined));
    if (await livesUntilMoment(server)) killedAtStart++;
    await server.kill();
    await sent;
    if (kill % 10 === 9) say(`${kill + 1} kills, ${github.world.reviews.length} reviews posted`);
  }

  /** Some come later than those that were sent after them. */
  async function sendSlowly(news: readonly PullEvent[]): Promise<void> {
    for (const event of news) {
      if (random() < 0.1) late = [...late, event];
      else tell(event);
      await pause(random() * 300);
    }
  }

  /** Whether it is killed before it listens: one in four is. */
  async function livesUntilMoment({ url: listens }: ServerProcess): Promise<boolean> {
    let isListening = false;
    const ready = listens.then(
      () => {
        isListening = true;
      },
      () => undefined,
    );
    if (random() >= 0.25) await ready;
    await pause(random() * LONGEST_LIFE);
    return !isListening;
  }

  for (const event of [...late, ...events]) tell(event);
  await Promise.all(told);
  // The first of the two starts asks for what was lost, also at the end of the kills; the second for what was lost since.
  let givenUp = 0;
  for (let round = 0; round < 2; round++) await work();
  const openBefore = judge(github.world).leftOpen;
  await letTimePass();
  await work();

  async function work(): Promise<void> {
    const server = start();
    givenUp = await quiet(await server.url, (line) => say(line)).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${recent.join("")}`);
    });
    await server.stop();
  }

  /** What is left of reviews that were given up is a day old. */
  async function letTimePass(): Promise<void> {
    const dataDirectory = join(directory, "chokepoint-data");
    const database = await openDatabase(
      run.databaseUrl ? { url: run.databaseUrl } : { dataDirectory },
    );
    await database.query(
      "update chokepoint.review set started = started - interval '1 day' where ended is null",
    );
    await database.close();
  }
  const verdict = judge(github.world);
  const violations = await github.stop();
  rmSync(directory, { recursive: true, force: true });
  return {
    ...verdict,
    violations,
    kills,
    killedAtStart,
    givenUp,
    reaped: openBefore - verdict.leftOpen,
    deliveries: github.deliveries.log.length,
    faults: faults - github.faults.length,
    seconds: Math.round((Date.now() - started) / 1000),
  };
}

/** Waits until nothing waits and nothing runs, for a while; answers how many reviews were given up. */
async function quiet(url: string, say: (line: string) => void): Promise<number> {
  for (let calm = 0, looks = 0; ; looks++) {
    await pause(500);
    const answer = await fetch(`${url}/readyz`);
    const { queue } = (await answer.json()) as { queue: QueueStatus };
    const open = [queue.deliveries, queue.reviews].reduce(
      (sum, { waiting, active }) => sum + waiting + active,
      0,
    );
    calm = open === 0 ? calm + 1 : 0;
    if (looks % 40 === 39) say(JSON.stringify(queue));
    if (calm === 4) return queue.dead.waiting;
  }
}
