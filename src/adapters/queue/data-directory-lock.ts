import { randomUUID } from "node:crypto";
import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

/** Somebody else works in the data directory. */
export class DirectoryInUseError extends Error {}

export interface DirectoryLock {
  /** Gives the directory back; a second call does nothing. */
  release(): void;
}

/** Who holds the lock. `token` tells two holders with one process number apart. */
interface Holder {
  readonly token: string;
  readonly host: string;
  readonly process: number;
  /** Of the process, in the kernel's ticks since boot, with the boot's id; empty where the system does not say. */
  readonly started: string;
}

/**
 * Takes the data directory (made if it is not there) for this process. PGlite does not: two processes that open one
 * directory lose data without a word. The lock of a process that has died is taken over; that of a living one, or of
 * another machine, never: then a DirectoryInUseError names the holder and the file.
 */
export function lockDataDirectory(directory: string): DirectoryLock {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, "chokepoint.lock");
  const own: Holder = {
    token: randomUUID(),
    host: hostname(),
    process: process.pid,
    started: startOf(process.pid) ?? "",
  };
  const draft = join(directory, `.${own.token}.lock`);
  writeFileSync(draft, `${JSON.stringify(own)}\n`, { mode: 0o600 });
  try {
    // A link is made whole or not at all, whoever else tries.
    linkSync(draft, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
    takeOver(path, draft);
  } finally {
    rmSync(draft, { force: true });
  }
  let isHeld = true;
  return {
    release() {
      if (isHeld && readHolder(path)?.token === own.token) rmSync(path);
      isHeld = false;
    },
  };
}

/** Replaces the lock of a dead holder. One ticket for each dead holder, so that of several heirs one wins. */
function takeOver(path: string, draft: string): void {
  const dead = readHolder(path);
  if (!dead || isAlive(dead)) throw inUse(path, dead);
  const ticket = `${path}.${dead.token}`;
  try {
    mkdirSync(ticket);
  } catch (error) {
    throw isCode(error, "EEXIST") ? inUse(path, dead) : error;
  }
  try {
    // Somebody may have inherited, and given the ticket back, since we read.
    const present = readHolder(path);
    if (present?.token !== dead.token) throw inUse(path, present);
    renameSync(draft, path);
  } finally {
    rmdirSync(ticket);
  }
}

function inUse(path: string, holder: Holder | undefined): DirectoryInUseError {
  const who = holder ? `process ${holder.process} on ${holder.host}` : "another process";
  return new DirectoryInUseError(
    `${path} is held by ${who}: one server uses a data directory at a time. Stop it, give this one another DATA_DIR, or use PostgreSQL (DATABASE_URL); if nothing runs there any more, remove the file`,
  );
}

function isAlive(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.process, 0);
  } catch (error) {
    if (isCode(error, "ESRCH")) return false;
  }
  const started = startOf(holder.process);
  return started === undefined || holder.started === "" || started === holder.started;
}

/** proc(5): field 22 of /proc/PID/stat, counted after the name, which may hold anything but ends with the last `)`. */
function startOf(processNumber: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${processNumber}/stat`, "utf8");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${boot} ${ticks}`;
  } catch {
    return undefined;
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const { token, host, process: number, started } = JSON.parse(readFileSync(path, "utf8"));
    return typeof token === "string" && /^[\w-]+$/.test(token) && Number.isInteger(number)
      ? { token, host: String(host), process: number, started: String(started) }
      : undefined;
  } catch {
    return undefined;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
