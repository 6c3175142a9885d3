import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type Analysis, AnalysisFailure, type Analyst, type LookReply } from "../review/ports.ts";

/** What an analysis may use before it is ended. */
export interface BoxLimits {
  /** For one look, in milliseconds. */
  readonly time: number;
  /** Resident memory, in bytes. */
  readonly memory: number;
  /** Of it, what WebAssembly may take: the parser, which the limit of JavaScript's heap does not hold. In bytes. */
  readonly parser: number;
}

const MEGABYTE = 1024 * 1024;
const LIMITS: BoxLimits = {
  time: 60_000,
  memory: 1_500 * MEGABYTE,
  parser: 750 * MEGABYTE,
};
/** WebAssembly's memory grows by so many bytes. */
const PAGE = 64 * 1024;
/** How often memory is looked at. Milliseconds. */
const WATCH = 250;
/** So much behind the server itself, which GitHub waits for. */
const NICENESS = 5;
/** An answer with more characters is none. */
const LONGEST_REPLY = 64 * 1024 * 1024;

/** How well the box is closed here. */
export interface BoxWalls {
  /** False: the network is open to it, which has nothing to send and no token. */
  readonly network: boolean;
}

let walls: BoxWalls | undefined;

/** What this system lets us take away from a process; tried once. */
export function boxWalls(): BoxWalls {
  walls ??= { network: spawnSync("unshare", ["-rn", "true"], { stdio: "ignore" }).status === 0 };
  return walls;
}

/** Analyses each change in a process of its own. */
export interface Box extends Analyst {
  /** From now on has the process for the next analysis started before it is asked for: to load all of ours takes a second. */
  keepReady(): void;
  /** Ends the process that waits, and starts none before it is needed. What is open goes on. */
  stop(): void;
}

/**
 * Starts a process of its own for each analysis: with an empty environment, the permission to read our own code alone, no
 * network where the system allows that, and limits of time and memory, at which it is killed.
 */
export function createBox(
  { program, directory }: { readonly program: string; readonly directory: string },
  limits: Partial<BoxLimits> = {},
): Box {
  const { time, memory, parser } = { ...LIMITS, ...limits };
  let keepsReady = false;
  let ready: BoxProcess | undefined;

  function start(): BoxProcess {
    const [command = "", ...words] = commandLine(program, directory, { memory, parser });
    const child = spawn(command, words, {
      env: {},
      cwd: directory,
      stdio: ["pipe", "pipe", "pipe"],
    });
    if (child.pid !== undefined) giveWay(child.pid);
    return new BoxProcess(child, time, memory);
  }

  function prepare(): void {
    if (keepsReady && !ready?.isAlive) ready = start();
  }

  return {
    open(request) {
      const box = ready?.isAlive ? ready : start();
      ready = undefined;
      let isFirst = true;
      return {
        look(texts, isLast) {
          const message = { ...(isFirst && { request }), texts: [...texts], isLast };
          isFirst = false;
          return box.ask(`${JSON.stringify(message)}\n`);
        },
        close() {
          box.close();
          prepare();
        },
      } satisfies Analysis;
    },
    keepReady() {
      keepsReady = true;
      prepare();
    },
    stop() {
      keepsReady = false;
      ready?.close();
    },
  };
}

function commandLine(
  program: string,
  directory: string,
  { memory, parser }: Pick<BoxLimits, "memory" | "parser">,
): string[] {
  const readable = [directory, ...packageFolders(directory)];
  const node = [
    process.execPath,
    permissionFlag(),
    ...readable.map((folder) => `--allow-fs-read=${folder}/*`),
    "--no-warnings",
    `--max-old-space-size=${Math.floor(memory / 2 / MEGABYTE)}`,
    `--wasm-max-mem-pages=${Math.floor(parser / PAGE)}`,
    program,
  ];
  return boxWalls().network ? ["unshare", "-rn", ...node] : node;
}

function permissionFlag(): string {
  return process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
}

/** Where our dependencies are: not below us when they were hoisted, or when `node_modules` is a link. */
function packageFolders(directory: string): string[] {
  const folders: string[] = [];
  for (let at = directory; at !== dirname(at); at = dirname(at)) {
    const folder = join(at, "node_modules");
    if (existsSync(folder)) folders.push(realpathSync(folder));
  }
  return folders;
}

function giveWay(processNumber: number): void {
  try {
    setPriority(processNumber, Math.min(19, getPriority() + NICENESS));
  } catch {
    // It has ended, or the system does not let us.
  }
}

type Child = ReturnType<typeof spawn>;

/** One process, asked one thing at a time. */
class BoxProcess {
  readonly #child: Child;
  readonly #time: number;
  #settle: { resolve(line: string): void; reject(error: Error): void } | undefined;
  #failure: AnalysisFailure | undefined;
  #said = "";
  readonly #watch: NodeJS.Timeout;

  constructor(child: Child, time: number, memory: number) {
    this.#child = child;
    this.#time = time;
    this.#watch = setInterval(() => {
      if (residentMemory(child.pid) > memory)
        this.#end(new AnalysisFailure("memory", "the analysis took too much memory"));
    }, WATCH);
    this.#watch.unref();
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-4_000);
    });
    child.stdin?.on("error", () => undefined);
    child.on("error", (error) => this.#end(new AnalysisFailure("crash", error.message)));
    child.on("close", (code, signal) => {
      const isOutOfMemory = /heap out of memory|memory access out of bounds/i.test(this.#said);
      const reason = isOutOfMemory ? "memory" : "crash";
      this.#end(
        new AnalysisFailure(reason, `the analysis ended with ${signal ?? code}: ${this.#said}`),
      );
    });
    if (child.stdout) {
      const lines = createInterface({ input: child.stdout });
      lines.on("line", (line) => this.#settle?.resolve(line));
    }
  }

  get isAlive(): boolean {
    return this.#failure === undefined;
  }

  async ask(message: string): Promise<LookReply> {
    if (this.#failure) throw this.#failure;
    const timer = setTimeout(
      () => this.#end(new AnalysisFailure("time", "the analysis took too long")),
      this.#time,
    );
    try {
      const line = await new Promise<string>((resolve, reject) => {
        this.#settle = { resolve, reject };
        this.#child.stdin?.write(message);
      });
      if (line.length > LONGEST_REPLY) throw new AnalysisFailure("crash", "the answer is too long");
      return JSON.parse(line) as LookReply;
    } finally {
      clearTimeout(timer);
      this.#settle = undefined;
    }
  }

  close(): void {
    this.#end(new AnalysisFailure("crash", "the box is closed"));
  }

  #end(failure: AnalysisFailure): void {
    this.#failure ??= failure;
    clearInterval(this.#watch);
    if (this.#child.exitCode === null) this.#child.kill("SIGKILL");
    this.#settle?.reject(this.#failure);
  }
}

/** Of a process, in bytes; 0 where the system does not say. */
function residentMemory(processNumber: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${processNumber}/status`, "utf8");
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
