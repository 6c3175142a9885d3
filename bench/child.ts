import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface ChildRun {
  /** Wall time from start to end. */
  readonly milliseconds: number;
  /** Time of processors, of all threads, to a twentieth of a second; 0 where there is no /proc. On a busy machine it says more. */
  readonly processorMilliseconds: number;
  /** The most memory that it had at once, in megabytes (VmHWM, proc(5)); 0 where there is no /proc. */
  readonly megabytes: number;
  readonly out: string;
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
  try {
    const status = readFileSync(`/proc/${processNumber}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
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
