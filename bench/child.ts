import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ChildRun {
  /** Wall time from start to end. */
  readonly milliseconds: number;
  /** Time of processors, of all threads, to a twentieth of a second; 0 where there is no /proc. On a busy machine it says more. */
  readonly processorMilliseconds: number;
  /** The most memory that it had at once, in megabytes (VmHWM, proc(5)); 0 where there is no /proc. */
  readonly megabytes: number;
  readonly out: string;
}

/** What a program took together with those that it started. */
export interface TreeRun {
  readonly milliseconds: number;
  /** The most memory that all of them had at one moment, in megabytes (VmRSS, proc(5)); 0 where there is no /proc. */
  readonly megabytes: number;
  readonly code: number | null;
  readonly out: string;
  readonly talk: string;
}

/** Runs a program, and watches it and its children ten times a second. It may end as it likes. */
export function runProgram(
  program: string,
  words: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<TreeRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, words, {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...environment },
    });
    let [out, talk, megabytes] = ["", "", 0];
    const watch = setInterval(() => {
      megabytes = Math.max(megabytes, memoryBelow(child.pid));
    }, 100);
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      talk += chunk.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      resolve({ milliseconds: performance.now() - started, megabytes, code, out, talk });
    });
  });
}

/** Runs node on a script, and watches its memory twenty times a second. A failure of the script is one of the bench. */
export function runNode(words: readonly string[], directory = process.cwd()): Promise<ChildRun> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, words, {
      cwd: directory,
      stdio: ["ignore", "pipe", "ignore"],
    });
    let out = "";
    let megabytes = 0;
    let processorMilliseconds = 0;
    const watch = setInterval(() => {
      megabytes = Math.max(megabytes, peakOf(child.pid));
      processorMilliseconds = Math.max(processorMilliseconds, processorTimeOf(child.pid));
    }, 50);
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
    });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(watch);
      if (code === 0 || code === 1)
        resolve({
          milliseconds: performance.now() - started,
          processorMilliseconds,
          megabytes,
          out,
        });
      else reject(new Error(`node ${words.join(" ")} ended with ${code}`));
    });
  });
}

function peakOf(processNumber: number | undefined): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(statusOf(String(processNumber)))?.[1] ?? 0) / 1024;
}

/** What a process and all below it have in memory now, in megabytes. */
function memoryBelow(root: number | undefined): number {
  const statuses = new Map<number, { parent: number; kilobytes: number }>();
  for (const name of listed("/proc").filter((entry) => /^\d+$/.test(entry))) {
    const status = statusOf(name);
    const parent = Number(/PPid:\s+(\d+)/.exec(status)?.[1] ?? 0);
    const kilobytes = Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
    statuses.set(Number(name), { parent, kilobytes });
  }
  const isBelow = (id: number): boolean => {
    for (let at = id; at > 1; at = statuses.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  const all = [...statuses].filter(([id]) => isBelow(id));
  return all.reduce((sum, [, { kilobytes }]) => sum + kilobytes, 0) / 1024;
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statusOf(processNumber: string): string {
  try {
    return readFileSync(`/proc/${processNumber}/status`, "utf8");
  } catch {
    return "";
  }
}

/** User and system time in hundredths of a second, proc(5): the 14th and 15th field, counted behind the name in brackets. */
function processorTimeOf(processNumber: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${processNumber}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

/** The least of several runs: what the machine can do when nobody disturbs it. */
export function least(numbers: readonly number[]): number {
  return Math.min(...numbers);
}
