import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished, vi } from "vitest";
import { openDatabase } from "../../../src/adapters/queue/database.ts";
import { openReviewQueue } from "../../../src/adapters/queue/review-queue.ts";
import { ownDirectory } from "../../../src/apps/own-package.ts";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { serve } from "../../../src/apps/server/serve.ts";
import type { FakeGitHub } from "../../fake-github/fake-github.ts";
import { startFakeGitHub } from "../../fake-github/for-test.ts";
import type { CheckRun, Pull } from "../../fake-github/world.ts";
import { freePort, startServerProcess } from "./server-process.ts";

// A review is seconds of work; on a machine that is busy with others it may be a minute.
vi.setConfig({ testTimeout: 200_000, hookTimeout: 60_000 });

const SECRET = "0123456789abcdef0123456789abcdef";

/** A server that reviews for a fake GitHub. */
export interface RunningApp {
  readonly github: FakeGitHub;
  /** Lines of the server's log. */
  readonly logged: string[];
  /** Where the server runs, with its data. */
  readonly directory: string;
  /** Starts another server on the same data, after `stop` or `killed`. */
  start(): Promise<void>;
  stop(): Promise<void>;
  killed(): Promise<void>;
  url(): string;
  /** Waits until the newest head of a pull request has a check that is done. */
  checked(pull: Pull): Promise<CheckRun>;
  /** Waits for whatever must become true. */
  until(holds: () => boolean): Promise<void>;
}

let template: Promise<string> | undefined;

/** A data directory as a first start leaves it; made once for a test file, since that takes seconds. */
function emptyData(): Promise<string> {
  template ??= makeEmptyData();
  return template;
}

async function makeEmptyData(): Promise<string> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "chokepoint-data-"));
  const queue = await openReviewQueue(await openDatabase({ dataDirectory }), () => undefined);
  await queue.stop();
  return dataDirectory;
}

afterAll(async () => {
  if (template) rmSync(await template, { recursive: true });
});

interface Options {
  readonly environment?: Record<string, string>;
  /** In a process of its own, from the build, which can be killed. */
  readonly isOwnProcess?: boolean;
  /** GitHub is one at an address of its own, with the API below a path. */
  readonly isEnterprise?: boolean;
}

/** A new folder with an empty data directory in it. */
export async function newDirectory(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "chokepoint-app-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  cpSync(await emptyData(), join(directory, "chokepoint-data"), { recursive: true });
  return directory;
}

export async function startApp(options: Options = {}): Promise<RunningApp> {
  const { isEnterprise = false } = options;
  const github = await startFakeGitHub({ isEnterprise });
  const directory = await newDirectory();
  const logged: string[] = [];
  const port = await freePort();
  // Known from the start: a sweep asks for deliveries before we have heard of the server's being there.
  github.deliveries.target = {
    url: `http://127.0.0.1:${port}/api/github/webhooks`,
    secret: SECRET,
  };
  const environment = {
    PORT: String(port),
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: github.url,
    ...options.environment,
  };
  const log = (line: string) => void logged.push(line);
  let server: Launched | undefined;
  const start = async () => {
    server = options.isOwnProcess
      ? await launchProcess(environment, directory, log)
      : await launchHere(environment, directory, log);
  };
  const end = async (how: "stop" | "kill") => {
    await server?.[how]();
    server = undefined;
  };
  await start();
  onTestFinished(() => end("stop"));
  const until = (holds: () => boolean) =>
    vi.waitUntil(holds, { timeout: 150_000, interval: 50 }).then(
      () => undefined,
      () => {
        throw new Error(`it did not come: ${logged.join("").slice(-4_000)}`);
      },
    );
  return {
    github,
    logged,
    directory,
    until,
    url: () => server?.url ?? "",
    stop: () => end("stop"),
    killed: () => end("kill"),
    start,
    async checked(pull) {
      const find = () =>
        github.world.checkRuns.find(
          ({ head, status }) => head === pull.head && status === "completed",
        );
      await until(() => find() !== undefined);
      return find() as CheckRun;
    },
  };
}

interface Launched {
  readonly url: string;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

type Launch = (
  environment: Record<string, string>,
  directory: string,
  log: (line: string) => void,
) => Promise<Launched>;

const launchHere: Launch = async (environment, directory, log) => {
  const server = await serve({
    environment,
    directory,
    isDevelopment: false,
    log: createLogger({ write: log }),
    pace: 0,
    headStart: 0,
    keepsBoxReady: false,
  });
  const stop = () => server.stop();
  return { url: server.url, stop, kill: stop };
};

const launchProcess: Launch = async (environment, directory, log) => {
  const program = join(ownDirectory(), "dist/src/apps/cli/main.js");
  const server = startServerProcess([program, "serve"], { environment, directory, log });
  return { ...server, url: await server.url };
};
