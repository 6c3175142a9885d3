import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished, vi } from "vitest";
import { openDatabase } from "../../../src/adapters/queue/database.ts";
import { openReviewQueue } from "../../../src/adapters/queue/review-queue.ts";
import { createLogger } from "../../../src/apps/server/logger.ts";
import { type RunningServer, serve } from "../../../src/apps/server/serve.ts";
import { type FakeGitHub, startFakeGitHub } from "../../fake-github/fake-github.ts";
import type { CheckRun, Pull } from "../../fake-github/world.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

/** A server that reviews for a fake GitHub. */
export interface RunningApp {
  readonly github: FakeGitHub;
  /** Lines of the server's log. */
  readonly logged: string[];
  /** Stops the server, and starts another one on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
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

export async function startApp(environment: Record<string, string> = {}): Promise<RunningApp> {
  const github = await startFakeGitHub();
  const directory = mkdtempSync(join(tmpdir(), "chokepoint-app-"));
  cpSync(await emptyData(), join(directory, "chokepoint-data"), { recursive: true });
  const logged: string[] = [];
  let server: RunningServer | undefined;
  const start = async () => {
    server = await serve({
      environment: {
        PORT: "0",
        APP_ID: String(github.appId),
        PRIVATE_KEY: github.privateKey,
        WEBHOOK_SECRET: SECRET,
        GITHUB_API_URL: github.url,
        ...environment,
      },
      directory,
      isDevelopment: false,
      log: createLogger({ write: (line) => void logged.push(line) }),
      pace: 0,
    });
    github.deliveries.target = { url: `${server.url}/api/github/webhooks`, secret: SECRET };
  };
  const stop = async () => {
    github.deliveries.target = undefined;
    await server?.stop();
    server = undefined;
  };
  await start();
  onTestFinished(async () => {
    await stop();
    rmSync(directory, { recursive: true, force: true });
  });
  const until = (holds: () => boolean) =>
    vi.waitUntil(holds, { timeout: 50_000, interval: 50 }).then(
      () => undefined,
      () => {
        throw new Error(`it did not come: ${logged.join("").slice(-4_000)}`);
      },
    );
  return {
    github,
    logged,
    until,
    stop,
    async restart() {
      await stop();
      await start();
    },
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
