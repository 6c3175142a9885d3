import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Logger } from "pino";
import { type Box, boxWalls, createBox } from "../../adapters/box.ts";
import { createInstallations } from "../../adapters/github/installations.ts";
import { openDatabase } from "../../adapters/queue/database.ts";
import { openReviewQueue } from "../../adapters/queue/review-queue.ts";
import { openStore } from "../../adapters/queue/store.ts";
import type { Analyst } from "../../review/ports.ts";
import { loadRules } from "../cli/load-rules.ts";
import { ownDirectory } from "../own-package.ts";
import { rulePage } from "../rule-pages.ts";
import { createTaskHandlers } from "./handle-tasks.ts";
import { createHealth } from "./health.ts";
import { createIntake, type Handler, pathOf } from "./intake.ts";
import { createOperator } from "./operator.ts";
import type { Task } from "./read-task.ts";
import { reapChecks } from "./reap.ts";
import { type Environment, readSettings, type Settings, type SetupSettings } from "./settings.ts";
import { createSetupPage } from "./setup-page.ts";
import { startSweeping, sweepDeliveries } from "./sweep.ts";
import { websiteOf } from "./website.ts";
import { writeEnvironment } from "./write-environment.ts";

/** A server that listens. */
export interface RunningServer {
  readonly mode: "ready" | "setup";
  /** `http://host:port`. */
  readonly url: string;
  /** Takes no more requests, and hands back what is not finished. */
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly environment: Environment;
  /** Where `.env` and a relative DATA_DIR are. */
  readonly directory: string;
  readonly isDevelopment: boolean;
  readonly log: Logger;
  /** False: takes deliveries alone, and leaves the work to other processes. */
  readonly work?: boolean;
  /** Milliseconds between two writes to GitHub; its advice by default. */
  readonly pace?: number;
  /** Milliseconds after the start in which it only takes deliveries; a second by default. */
  readonly headStart?: number;
  /** In place of a box for each review. */
  readonly analyst?: Analyst;
  /** False: the box of a review is started when the review is. */
  readonly keepsBoxReady?: boolean;
}

/** The environment is not one to start with; each problem names the variable and the fix. */
export class SettingsError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/** Starts the server, or the setup page where no App is known yet. Throws SettingsError before anything is opened. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { environment, directory, isDevelopment } = options;
  const read = readSettings(environment, directory, isDevelopment);
  if (read.kind === "wrong") throw new SettingsError(read.problems);
  return read.kind === "setup"
    ? serveSetup(read.settings, options)
    : serveApp(read.settings, options);
}

/** GitHub waits for answers to what it sends; what has waited in the queue can wait a moment more. Milliseconds. */
const HEAD_START = 1000;

async function serveSetup(
  settings: SetupSettings,
  { directory, log }: ServeOptions,
): Promise<RunningServer> {
  const setup = createSetupPage(settings, async ({ id, pem, webhookSecret }) => {
    writeEnvironment(join(directory, ".env"), {
      APP_ID: String(id),
      PRIVATE_KEY: pem,
      WEBHOOK_SECRET: webhookSecret,
    });
    log.info("the App is made and written to .env: restart the server");
  });
  const server = await listen(settings, [setup], log);
  return { mode: "setup", url: urlOf(server), stop: () => close(server) };
}

async function serveApp(settings: Settings, options: ServeOptions): Promise<RunningServer> {
  const { log, pace, work = true, headStart = HEAD_START, keepsBoxReady = true } = options;
  for (const warning of settings.warnings) log.warn(warning);
  const database = await openDatabase(settings.database);
  const queue = await openReviewQueue<Task>(database, (err) => log.error({ err }, "queue"));
  const installations = createInstallations(settings, pace);
  const store = await openStore(database);
  const box = ownBox();
  const tasks = createTaskHandlers({
    queue,
    store,
    installations,
    analyst: options.analyst ?? box,
    rules: await loadRules(),
    pages: (rule) => rulePage(settings.rulePages, rule),
    log,
  });
  const handlers = [
    createHealth(queue, store),
    createOperator({
      queue,
      store,
      token: settings.operatorToken,
      website: websiteOf(settings.apiUrl),
    }),
    await createIntake({ settings, queue, log }),
  ];
  const server = await listen(settings, handlers, log).catch(async (error: unknown) => {
    await queue.stop();
    throw error;
  });
  // A failure ends the process, as everything does that fails at the start.
  const begin = () => void queue.work(tasks, { concurrency: settings.reviewsAtOnce });
  const beginning = work ? setTimeout(begin, headStart) : undefined;
  if (work && keepsBoxReady && !options.analyst) box.keepReady();
  const sweeps = [
    () => sweepDeliveries(installations, log),
    () => reapChecks(store, installations, log),
    () => store.reviews.forgetOld(),
    () => queue.revive(),
  ];
  const stopSweeping = work ? startSweeping(sweeps, log) : undefined;
  return {
    mode: "ready",
    url: urlOf(server),
    async stop() {
      clearTimeout(beginning);
      stopSweeping?.();
      box.stop();
      await close(server);
      await tasks.stop();
      await queue.stop();
    },
  };
}

/** The box that reviews are made in. */
export function ownBox(): Box {
  const directory = ownDirectory();
  // Tried now, while nobody waits: it holds everything up.
  boxWalls();
  return createBox({ program: join(directory, "dist/src/apps/box/main.js"), directory });
}

/** What the operator can put right. */
const CANNOT_LISTEN: Readonly<Record<string, string>> = {
  EADDRINUSE: "another program listens there: stop it, or set another PORT",
  EACCES: "this user may not listen there: set a PORT from 1024 on",
  EADDRNOTAVAIL: "this machine has no such address: set another HOST",
  ENOTFOUND: "this machine has no such address: set another HOST",
};

/** Longer than proxies keep theirs: a delivery that comes while we close its connection is lost. Milliseconds. */
const KEPT_OPEN = 75_000;

async function listen(
  { host, port }: Pick<Settings, "host" | "port">,
  handlers: readonly Handler[],
  log: Logger,
): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, response, handlers).catch((err: unknown) => {
      log.error({ err, method: request.method, path: pathOf(request) }, "a request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.keepAliveTimeout = KEPT_OPEN;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = CANNOT_LISTEN[error.code ?? ""];
      reject(
        why === undefined ? error : new SettingsError([`${why} (HOST ${host}, PORT ${port})`]),
      );
    });
    server.listen(port, host, resolve);
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: readonly Handler[],
): Promise<void> {
  for (const handler of handlers) if (await handler(request, response)) return;
  response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
