import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { git, temporaryRepository, temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING } from "./in-process.ts";

describe("init", () => {
  it("writes a configuration that is valid, for the languages here, and overwrites none", async () => {
    const root = temporaryTree({ "a.go": "package a\n" });
    expect((await chokepoint(root, ["init"])).code).toBe(0);
    const text = readFileSync(join(root, ".chokepoint.yml"), "utf8");
    expect(text).toContain("go/");
    expect(text).not.toContain("ts/");
    expect((await chokepoint(root, ["config", "verify"])).code).toBe(0);
    expect(await chokepoint(root, ["init"])).toMatchObject({
      code: 2,
      said: expect.stringContaining("already"),
    });
  });

  it("writes a hook where git looks for it, and replaces none", async () => {
    const root = temporaryRepository({ "a.ts": FLOATING });
    expect((await chokepoint(root, ["init", "--hook"])).code).toBe(0);
    const hook = join(root, ".git/hooks/pre-commit");
    expect(readFileSync(hook, "utf8")).toContain("chokepoint lint --staged");
    expect(statSync(hook).mode & 0o111).not.toBe(0);
    expect((await chokepoint(root, ["init", "--hook"])).said).toContain("already");
    git(root, "config", "core.hooksPath", ".husky");
    expect((await chokepoint(root, ["init", "--hook"])).code).toBe(0);
    expect(readFileSync(join(root, ".husky/pre-commit"), "utf8")).toContain("--staged");
  });

  it("prints what pre-commit and a workflow need", async () => {
    const root = temporaryTree({ "a.ts": FLOATING });
    const hooks = parse((await chokepoint(root, ["init", "--pre-commit"])).out);
    expect(hooks.repos[0].hooks).toEqual([{ id: "lint" }, { id: "config-verify" }]);
    const workflow = parse((await chokepoint(root, ["init", "--ci"])).out);
    expect(workflow.jobs.chokepoint.steps[0].with["fetch-depth"]).toBe(0);
  });
});

describe("completion", () => {
  it("is a script that the shell itself uses", async () => {
    const { out } = await chokepoint(temporaryTree(), ["completion", "bash"]);
    const complete = (...words: string[]) => {
      const list = words.map((word) => `'${word}'`).join(" ");
      const script = `${out}\nCOMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; _chokepoint; echo "\${COMPREPLY[@]}"`;
      return spawnSync("bash", ["-c", script], { encoding: "utf8" }).stdout.trim().split(" ");
    };
    expect(complete("chokepoint", "li")).toEqual(["lint"]);
    expect(complete("chokepoint", "config", "")).toEqual(
      expect.arrayContaining(["verify", "show"]),
    );
    expect(complete("chokepoint", "lint", "--stag")).toEqual(["--staged"]);
  });

  it.each(["zsh", "fish", "powershell"])("exists for %s and names every command", async (shell) => {
    const { out, code } = await chokepoint(temporaryTree(), ["completion", shell]);
    expect(code).toBe(0);
    for (const name of ["lint", "review", "baseline", "explain"]) expect(out).toContain(name);
  });
});
