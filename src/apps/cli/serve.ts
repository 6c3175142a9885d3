import { ownVersion } from "../own-package.ts";
import type { ExitCode } from "./exit-code.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

export interface ServeCommandOptions {
  readonly dev?: boolean;
  /** False with `--no-work`. */
  readonly work: boolean;
}

/** `chokepoint serve`: runs until somebody ends it; then takes no more, and hands back what is not finished. */
export async function serveCommand(options: ServeCommandOptions, io: Io): Promise<ExitCode> {
  const { SettingsError, serve } = await import("../server/serve.ts");
  const { environmentOf } = await import("../server/environment.ts");
  const { createLogger } = await import("../server/logger.ts");
  const { DirectoryInUseError } = await import("../../adapters/queue/data-directory-lock.ts");
  const { DatabaseAwayError } = await import("../../adapters/queue/database.ts");
  const log = createLogger();
  try {
    const server = await serve({
      environment: environmentOf(io.directory),
      directory: io.directory,
      isDevelopment: options.dev === true,
      work: options.work,
      log,
    });
    log.info({ url: server.url, mode: server.mode, version: ownVersion() }, "listening");
    if (server.mode === "setup")
      io.say(`no App is known here yet: open ${server.url} to make one\n`);
    await signalled();
    log.info("stopping");
    await server.stop();
    // A request that GitHub does not answer would keep the process for minutes.
    setTimeout(() => process.exit(0), LINGER).unref();
    return 0;
  } catch (error) {
    const kinds = [SettingsError, DirectoryInUseError, DatabaseAwayError];
    if (kinds.some((kind) => error instanceof kind)) throw new UsageError((error as Error).message);
    throw error;
  }
}

/** How long what has stopped may take to end, in milliseconds. */
const LINGER = 1_000;

/** A second signal ends the process at once: the first one removes the listeners. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, done);
      resolve();
    };
    for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, done);
  });
}
