import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { FLOATING } from "./in-process.ts";

const main = resolve(import.meta.dirname, "../../../dist/src/apps/cli/main.js");

function start(directory: string, ...words: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [main, ...words], { cwd: directory, encoding: "utf8" });
}

/** Packages enough that each thread gets some, with a fault in each. */
function manyPackages(count: number): Record<string, string> {
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    files[`p${index}/package.json`] = "{}";
    files[`p${index}/a.ts`] = FLOATING;
    files[`g${index}/a.go`] =
      'package g\n\nimport "sync"\n\ntype T struct{ mu sync.Mutex }\n\nfunc f(t T) { t.mu.Lock(); t.mu.Unlock() }\n';
  }
  return files;
}

describe.skipIf(!existsSync(main))("the built program", () => {
  it("prints its version, its help, and what is wrong with its arguments", () => {
    const root = temporaryTree();
    expect(start(root, "--version")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    expect(start(root, "--help").stdout).toContain("lint");
    expect(start(root)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("Usage: chokepoint"),
    });
    expect(start(root, "lint", "--nonsense")).toMatchObject({ status: 2, stdout: "" });
  });

  it("reads the settings of a review from its environment", () => {
    const environment = { ...process.env, GITHUB_TOKEN: "t", RULE_PAGES: "nowhere" };
    const words = [main, "review", "--pr", "octo/hub#1"];
    const { stderr } = spawnSync(process.execPath, words, { encoding: "utf8", env: environment });
    expect(stderr).toContain("RULE_PAGES is no address");
  });

  it("puts findings on stdout and talk on stderr", () => {
    const { status, stdout, stderr } = start(
      temporaryTree({ "a.ts": FLOATING }),
      "lint",
      "-f",
      "concise",
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/^a\.ts:5:3: error: .*\n$/);
    expect(stderr).toMatch(/^understood: 1 file,/);
  });

  it("finds the same, byte for byte, with any number of threads", () => {
    const root = temporaryTree(manyPackages(12));
    const [one, four] = ["1", "4"].map((threads) =>
      start(root, "lint", "-f", "json", "--threads", threads).stdout.replace(
        /"milliseconds": \d+/,
        "",
      ),
    );
    expect(one).toContain('"file": "p11/a.ts"');
    expect(one).toContain('"file": "g11/a.go"');
    expect(four).toBe(one);
  });

  it("keeps its exit code and its peace when nobody reads on", async () => {
    const root = temporaryTree(manyPackages(300));
    const child = spawn(process.execPath, [main, "lint", "-f", "json", "--quiet"], { cwd: root });
    child.stdout.once("data", () => child.stdout.destroy());
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    const code = await new Promise((done) => child.on("close", done));
    expect({ code, said }).toEqual({ code: 1, said: "" });
  });

  it("reads standard input", () => {
    const { stdout } = spawnSync(
      process.execPath,
      [main, "lint", "-f", "concise", "--stdin-filename", join("src", "a.ts"), "-"],
      { cwd: temporaryTree(), encoding: "utf8", input: FLOATING },
    );
    expect(stdout).toMatch(/^src\/a\.ts:5:3: /);
  });
});
