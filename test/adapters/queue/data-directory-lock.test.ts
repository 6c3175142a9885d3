import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  DirectoryInUseError,
  lockDataDirectory,
} from "../../../src/adapters/queue/data-directory-lock.ts";

let directory = "";
let file = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "chokepoint-lock-"));
  file = join(directory, "chokepoint.lock");
  onTestFinished(() => rmSync(directory, { recursive: true }));
});

/** The number of a process that has ended. */
function deadProcess(): number {
  return spawnSync("true").pid;
}

function writeHolder(holder: object): void {
  writeFileSync(file, JSON.stringify({ token: "t1", host: hostname(), started: "", ...holder }));
}

describe("the lock of a data directory", () => {
  it("keeps a second one out until it is released, and leaves nothing behind", () => {
    const lock = lockDataDirectory(directory);
    expect(() => lockDataDirectory(directory)).toThrow(DirectoryInUseError);
    expect(() => lockDataDirectory(directory)).toThrow(`process ${process.pid}`);
    lock.release();
    expect(readdirSync(directory)).toEqual([]);
    lockDataDirectory(directory).release();
  });

  it("is inherited from a process that has died", () => {
    writeHolder({ process: deadProcess() });
    const lock = lockDataDirectory(directory);
    expect(JSON.parse(readFileSync(file, "utf8")).process).toBe(process.pid);
    expect(readdirSync(directory)).toEqual(["chokepoint.lock"]);
    lock.release();
  });

  it("is inherited when another process has the number of the dead one", () => {
    writeHolder({ process: process.pid, started: "another boot 1" });
    lockDataDirectory(directory).release();
    expect(existsSync(file)).toBe(false);
  });

  it("is never taken from another machine, nor from who cannot be read", () => {
    writeHolder({ process: deadProcess(), host: "elsewhere" });
    expect(() => lockDataDirectory(directory)).toThrow("on elsewhere");
    writeFileSync(file, "?");
    expect(() => lockDataDirectory(directory)).toThrow("another process");
  });

  it("is not taken while somebody else is about to inherit it", () => {
    writeHolder({ process: deadProcess() });
    writeFileSync(`${file}.t1`, "");
    expect(() => lockDataDirectory(directory)).toThrow(DirectoryInUseError);
  });

  it("does not release what another holds by now", () => {
    const lock = lockDataDirectory(directory);
    writeHolder({ process: process.pid, token: "t2" });
    lock.release();
    expect(existsSync(file)).toBe(true);
  });
});
