import { spawn } from "node:child_process";
import { type AddressInfo, createServer } from "node:net";
import { createInterface } from "node:readline";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly pid: number | undefined;
  /** Where it listens, once it does; rejected where it ends before. */
  readonly url: Promise<string>;
  /** Asks it to stop, and waits until it has; rejected where it does not end as one that was asked does. */
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface ServerProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  log(line: string): void;
}

/** Starts `node WORDS…`, a server that logs its address. */
export function startServerProcess(
  words: readonly string[],
  { environment, directory, log }: ServerProcessOptions,
): ServerProcess {
  const child = spawn(process.execPath, words, {
    cwd: directory,
    env: environment,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  const stop = async () => {
    await end("SIGTERM");
    const { exitCode, signalCode } = child;
    if (exitCode !== 0) throw new Error(`the server ended with ${exitCode ?? signalCode}`);
  };
  const url = new Promise<string>((resolve, reject) => {
    let said = "";
    void ended.then(() => reject(new Error(`the server ended: ${said}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      said = `${said}\n${line}`.slice(-1_000);
      log(`${line}\n`);
      const [, found] = /"url":"([^"]+)"/.exec(line) ?? [];
      if (found) resolve(found);
    });
  });
  // Who kills it does not wait for its address.
  url.catch(() => undefined);
  return { pid: child.pid, url, stop, kill: () => end("SIGKILL") };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
