import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { git, temporaryRepository, temporaryTree, write } from "../adapters/temporary-tree.ts";
import { FLOATING } from "../apps/cli/in-process.ts";
import { ROOT } from "../harness/load-rules.ts";

const isBuilt = existsSync(join(ROOT, "dist/scripts/release-tree.js"));
const hasPreCommit = spawnSync("pre-commit", ["--version"]).status === 0;
const QUIET = FLOATING.replace("  save();", "  void save();");

/** A release tree as a git repository with a tag, as hooks fetch it. */
function releaseRepository(): string {
  const root = temporaryTree();
  const script = join(ROOT, "dist/scripts/release-tree.js");
  execFileSync(process.execPath, [script, root]);
  git(root, "init", "-q", "-b", "dist");
  git(root, "add", "-A");
  git(root, "commit", "-q", "-m", "release");
  git(root, "tag", "v0.1.0");
  return root;
}

describe.skipIf(!isBuilt)("the release tree", () => {
  it("holds all that the command line imports, no scripts, and nothing of the server", () => {
    const root = releaseRepository();
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(manifest.scripts).toBeUndefined();
    expect(manifest.devDependencies).toBeUndefined();
    const files = git(root, "ls-files").split("\n");
    expect(files).toContain("dist/grammars/tree-sitter-go.wasm");
    expect(files.filter((file) => /apps\/server|test\/|\.map$/.test(file))).toEqual([]);
    const imported = new Set<string>();
    for (const file of files.filter((name) => name.endsWith(".js"))) {
      const text = readFileSync(join(root, file), "utf8");
      for (const [, name = ""] of text.matchAll(/^(?:import|export) .*from "([^."#][^"]*)";$/gm))
        imported.add(
          name
            .split("/")
            .slice(0, name.startsWith("@") ? 2 : 1)
            .join("/"),
        );
    }
    const packages = [...imported].filter((name) => !name.startsWith("node:"));
    expect(Object.keys(manifest.dependencies)).toEqual(expect.arrayContaining(packages));
    expect(packages).toContain("web-tree-sitter");
  });
});

describe.skipIf(!isBuilt || !hasPreCommit)("pre-commit installs the release tree", () => {
  /** A repository that has the hooks, and what `git commit` there says. */
  function repository(release: string, home: string, hooks: readonly string[]) {
    const root = temporaryRepository({ "a.ts": QUIET, "part.ts": QUIET });
    const ids = hooks.map((id) => `      - id: ${id}\n`).join("");
    write(root, {
      ".pre-commit-config.yaml": `repos:\n  - repo: file://${release}\n    rev: v0.1.0\n    hooks:\n${ids}`,
    });
    git(root, "add", "-A");
    git(root, "commit", "-q", "-m", "hooks");
    const environment = {
      ...process.env,
      HOME: root,
      PRE_COMMIT_HOME: join(home, "cache"),
      // No compiler is to be found: nothing may ask for one.
      CC: "/bin/false",
      CXX: "/bin/false",
      npm_config_cache: join(home, "npm"),
      GIT_AUTHOR_NAME: "a",
      GIT_AUTHOR_EMAIL: "a@example.com",
      GIT_COMMITTER_NAME: "a",
      GIT_COMMITTER_EMAIL: "a@example.com",
    };
    const run = (command: string, ...words: string[]) =>
      spawnSync(command, words, { cwd: root, env: environment, encoding: "utf8" });
    expect(run("pre-commit", "install").status).toBe(0);
    return { root, run };
  }

  it("from a clean cache, without a compiler, and lets through what the staged lines do not bring", () => {
    const [release, home] = [releaseRepository(), temporaryTree()];
    const { root, run } = repository(release, home, ["lint", "config-verify"]);
    write(root, { "a.ts": FLOATING, "part.ts": `// staged\n${QUIET}` });
    git(root, "add", "-A");
    write(root, { "part.ts": FLOATING });
    const refused = run("git", "commit", "-m", "floats");
    expect(refused.status).not.toBe(0);
    const said = refused.stdout + refused.stderr;
    expect(said).toContain("a.ts:5");
    expect(said).not.toContain("part.ts:5");
    write(root, { "a.ts": QUIET });
    git(root, "add", "a.ts");
    expect(run("git", "commit", "-m", "part").status).toBe(0);
    expect(git(root, "show", "--stat", "HEAD")).toContain("part.ts");
    write(root, { ".chokepoint.yml": "rules: { ts/floating-promises: off }\n" });
    git(root, "add", ".chokepoint.yml");
    const config = run("git", "commit", "-m", "config");
    expect(config.status).not.toBe(0);
    expect(config.stdout + config.stderr).toContain("did you mean `ts/floating-promise`?");

    const full = repository(release, home, ["lint-full"]);
    write(full.root, { "old.ts": FLOATING });
    git(full.root, "add", "-A");
    const all = full.run("pre-commit", "run", "--all-files");
    expect(all.status).toBe(1);
    expect(all.stdout).toContain("old.ts:5");
  }, 180_000);
});

describe.skipIf(!isBuilt)("the hooks of docs/hooks.md", () => {
  /** The shell scripts of the page, by the name in their second line. */
  function scripts(): Map<string, string> {
    const page = readFileSync(join(ROOT, "docs/hooks.md"), "utf8");
    const found = [...page.matchAll(/```sh\n(#!\/bin\/sh\n# (\S+): [\s\S]*?)```/g)];
    return new Map(found.map(([, text = "", name = ""]) => [name, text]));
  }

  function install(root: string, name: string): void {
    const path = join(root, ".git/hooks", name);
    write(root, {
      [`.git/hooks/${name}`]: scripts().get(name) ?? "",
      ".git/bin/chokepoint": `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "dist/src/apps/cli/main.js")}" "$@"\n`,
    });
    chmodSync(path, 0o755);
    chmodSync(join(root, ".git/bin/chokepoint"), 0o755);
  }

  function runGit(root: string, ...words: string[]) {
    return spawnSync("git", words, {
      cwd: root,
      encoding: "utf8",
      env: {
        PATH: `${join(root, ".git/bin")}:${process.env["PATH"]}`,
        HOME: root,
        GIT_AUTHOR_NAME: "a",
        GIT_AUTHOR_EMAIL: "a@example.com",
        GIT_COMMITTER_NAME: "a",
        GIT_COMMITTER_EMAIL: "a@example.com",
      },
    });
  }

  it("refuse a commit that brings a fault", () => {
    const root = temporaryRepository({ "old.ts": FLOATING });
    install(root, "pre-commit");
    write(root, { "old.ts": `${FLOATING}export const x = 1;\n` });
    git(root, "add", "-A");
    expect(runGit(root, "commit", "-m", "fine").status).toBe(0);
    write(root, { "new.ts": FLOATING });
    git(root, "add", "-A");
    const refused = runGit(root, "commit", "-m", "floats");
    expect(refused.status).toBe(1);
    expect(refused.stdout + refused.stderr).toContain("new.ts:5");
  });

  it("judge what `git commit -a` and `git commit FILE` are about to commit, which is in an index of its own", () => {
    const root = temporaryRepository({ "one.ts": QUIET, "two.ts": QUIET });
    install(root, "pre-commit");
    write(root, { "one.ts": FLOATING });
    const all = runGit(root, "commit", "-a", "-m", "all");
    expect(all.status).toBe(1);
    expect(all.stdout + all.stderr).toContain("one.ts:5");
    write(root, { "two.ts": `${QUIET}export const x = 1;\n` });
    expect(runGit(root, "commit", "-m", "one file", "two.ts").status).toBe(0);
    expect(runGit(root, "commit", "-m", "the other", "one.ts").status).toBe(1);
  });

  it("refuse a push that brings a fault, and let one go that does not", () => {
    const remote = temporaryTree();
    git(remote, "init", "-q", "--bare", "-b", "main");
    const root = temporaryRepository({ "old.ts": FLOATING });
    git(root, "remote", "add", "origin", remote);
    git(root, "push", "-q", "origin", "main");
    git(root, "remote", "set-head", "origin", "main");
    install(root, "pre-push");
    const commit = (files: Record<string, string>) => {
      write(root, files);
      git(root, "add", "-A");
      git(root, "commit", "-q", "-m", "more");
    };
    commit({ "quiet.ts": QUIET });
    expect(runGit(root, "push", "origin", "main").status).toBe(0);
    git(root, "checkout", "-q", "-b", "topic");
    commit({ "new.ts": FLOATING });
    const refused = runGit(root, "push", "origin", "topic");
    expect(refused.status).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("new.ts:5");
  });
});
