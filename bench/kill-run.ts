import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { QueueStatus } from "../src/adapters/queue/review-queue.ts";
import { ownDirectory } from "../src/apps/own-package.ts";
import {
  freePort,
  type ServerProcess,
  startServerProcess,
} from "../test/apps/server/server-process.ts";
import { type FakeGitHub, openFakeGitHub } from "../test/fake-github/fake-github.ts";
import { clearLeftovers, type Leftovers } from "./kill-leftovers.ts";
import { judge, type Verdict } from "./kill-verdict.ts";
import { addFault, type PullEvent, pullEvents } from "./kill-world.ts";
import { randomFrom } from "./random.ts";

const SWEEP = "GET /app/hook/deliveries";
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

export interface KillFigures extends Verdict, Leftovers {
  /** Requests and answers that GitHub's API has not. */
  readonly violations: readonly string[];
  readonly kills: number;
  /** Of them, how many hit a server that did not listen yet. */
  readonly killedAtStart: number;
  /** Checks that are open when the work is done, and once what is left behind is cleared: then it is to be zero. */
  readonly openBefore: number;
  readonly openAfter: number;
  /** Reviews that were given up although no other one of their pull request came, before they were revived and after. */
  readonly givenUp: number;
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
  // A start asks for what was lost, also at the end of the kills and since; the last one was told of nothing new.
  for (let known = -1; known < github.deliveries.log.length; ) {
    known = github.deliveries.log.length;
    await work();
  }
  const { leftOpen: openBefore } = judge(github.world);
  const dataDirectory = join(directory, "chokepoint-data");
  const place = run.databaseUrl ? { url: run.databaseUrl } : { dataDirectory };
  const { reaped, revived } = await clearLeftovers(place, github, say);
  const { leftOpen: openAfter } = judge(github.world);
  const givenUp = await work();

  /** Answers how many reviews are given up. */
  async function work(): Promise<number> {
    const server = start();
    const dead = await quiet(await server.url, github, say).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${recent.join("")}`);
    });
    await server.stop();
    return dead;
  }
  const verdict = judge(github.world);
  const violations = await github.stop();
  rmSync(directory, { recursive: true, force: true });
  return {
    ...verdict,
    violations,
    kills,
    killedAtStart,
    openBefore,
    openAfter,
    reaped,
    revived,
    givenUp,
    deliveries: github.deliveries.log.length,
    faults: faults - github.faults.length,
    seconds: Math.round((Date.now() - started) / 1000),
  };
}

/**
 * Waits until nothing waits, nothing runs, GitHub was asked for lost deliveries and is asked nothing more, for a while; answers
 * how many reviews were given up.
 */
async function quiet(
  url: string,
  { requests }: FakeGitHub,
  say: (line: string) => void,
): Promise<number> {
  const before = requests.length;
  for (let calm = 0, looks = 0, asked = before; ; looks++) {
    await pause(500);
    const answer = await fetch(`${url}/readyz`);
    const { queue } = (await answer.json()) as { queue: QueueStatus };
    const open = [queue.deliveries, queue.reviews].reduce(
      (sum, { waiting, active }) => sum + waiting + active,
      0,
    );
    const isSilent = requests.length === asked && requests.includes(SWEEP, before);
    asked = requests.length;
    calm = open === 0 && isSilent ? calm + 1 : 0;
    if (looks % 40 === 39) say(JSON.stringify(queue));
    if (calm === 4) return queue.dead.waiting;
  }
}
