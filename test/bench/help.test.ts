import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ownDirectory } from "../../src/apps/own-package.ts";

const folder = join(ownDirectory(), "bench");
/** Files that begin with what they are for are scripts. */
const scripts = readdirSync(folder).filter(
  (file) => file.endsWith(".ts") && readFileSync(join(folder, file), "utf8").startsWith("/**\n * "),
);

describe("a bench", () => {
  it.each(scripts)("%s tells what it is for", (file) => {
    expect(readFileSync(join(folder, file), "utf8")).toContain("helpIfAsked(import.meta.url)");
  });

  it("prints its head when it is asked for help", () => {
    const program = join(ownDirectory(), "dist/bench/kill.js");
    const { stdout, status } = spawnSync(process.execPath, [program, "--help"], {
      encoding: "utf8",
    });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Kills the App's server/);
    expect(stdout).toContain("--postgresql");
  });
});
