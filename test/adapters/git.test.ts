import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GitError, openGit } from "../../src/adapters/git.ts";
import { parseDiff } from "../../src/engine/diff.ts";
import { git, temporaryRepository, temporaryTree, write } from "./temporary-tree.ts";

const first = { "a.go": "package a\n", "sub/b.go": "package b\n", "go.mod": "module m\n" };
const second = { "a.go": "package a\n\nvar x = 1\n", "ä ö.go": "package c\n" };

describe("a repository", () => {
  it("knows ranges as git writes them", () => {
    const root = temporaryRepository(first, second, { "d.go": "package d\n" });
    const repository = openGit(join(root, "sub"));
    const at = (name: string) => git(root, "rev-parse", name).trim();
    expect(repository.root).toBe(root);
    expect(repository.range("HEAD~2..HEAD~1")).toEqual({ base: at("HEAD~2"), head: at("HEAD~1") });
    expect(repository.range("HEAD~1..")).toEqual({ base: at("HEAD~1"), head: at("HEAD") });
    expect(repository.range("HEAD~1")).toEqual({ base: at("HEAD~1"), head: at("HEAD") });
    expect(repository.range(undefined)).toEqual({ base: at("HEAD~1"), head: at("HEAD") });
  });

  it("takes three dots, and a single name, from where two branches parted", () => {
    const root = temporaryRepository(first);
    git(root, "checkout", "-q", "-b", "topic");
    write(root, { "topic.go": "package t\n" });
    git(root, "add", "-A");
    git(root, "commit", "-q", "-m", "topic");
    git(root, "checkout", "-q", "main");
    write(root, { "main.go": "package m\n" });
    git(root, "add", "-A");
    git(root, "commit", "-q", "-m", "main");
    git(root, "checkout", "-q", "topic");
    const repository = openGit(root);
    const changed = (range: string) =>
      parseDiff(repository.diff(repository.range(range))).map(({ file }) => file);
    expect(changed("main...topic")).toEqual(["topic.go"]);
    expect(changed("main")).toEqual(["topic.go"]);
  });

  it("reviews a first commit against nothing", () => {
    const repository = openGit(temporaryRepository(first));
    const changes = parseDiff(repository.diff(repository.range(undefined)));
    expect(changes.map(({ file, status }) => `${status} ${file}`)).toEqual([
      "added a.go",
      "added go.mod",
      "added sub/b.go",
    ]);
  });

  it("gives the files of a commit, whatever the work tree has", () => {
    const root = temporaryRepository(first, second);
    write(root, { "a.go": "not committed" });
    const snapshot = openGit(root).snapshotOf("HEAD");
    expect(snapshot.read("a.go")).toBe(second["a.go"]);
    expect(snapshot.read("ä ö.go")).toBe("package c\n");
    expect(snapshot.read("none.go")).toBeUndefined();
    expect(snapshot.list("")).toEqual(["a.go", "go.mod", "sub/", "ä ö.go"]);
    expect(openGit(root).snapshotOf("HEAD~1").read("a.go")).toBe(first["a.go"]);
  });

  it("gives the files as they are staged", () => {
    const root = temporaryRepository(first);
    write(root, { "a.go": "staged" });
    git(root, "add", "a.go");
    write(root, { "a.go": "not staged" });
    const repository = openGit(root);
    expect(repository.indexSnapshot().read("a.go")).toBe("staged");
    expect(parseDiff(repository.stagedDiff("HEAD"))).toMatchObject([
      { file: "a.go", added: [{ from: 1, to: 1 }] },
    ]);
  });

  it("tells of a blob that is no text", () => {
    const snapshot = openGit(temporaryRepository({ "a.go": Buffer.from([0xff, 0xff]) })).snapshotOf(
      "HEAD",
    );
    expect(snapshot.read("a.go")).toBeUndefined();
    expect(snapshot.notices()).toMatchObject([{ file: "a.go", kind: "encoding" }]);
  });

  it("runs nothing that the repository configures", () => {
    const root = temporaryRepository(first, {
      ...second,
      ".gitattributes": "*.go diff=evil filter=evil\n",
    });
    const trap = join(root, "trap.sh");
    const sprung = join(root, "sprung");
    writeFileSync(trap, `#!/bin/sh\ntouch ${sprung}\ncat\n`, { mode: 0o755 });
    for (const name of [
      "core.fsmonitor",
      "diff.external",
      "diff.evil.command",
      "diff.evil.textconv",
      "core.pager",
      "filter.evil.smudge",
      "core.sshCommand",
    ])
      git(root, "config", name, trap);
    const repository = openGit(root);
    repository.diff(repository.range(undefined));
    repository.stagedDiff("HEAD");
    repository.snapshotOf("HEAD").read("a.go");
    repository.indexSnapshot().read("a.go");
    expect(existsSync(sprung)).toBe(false);
  });
});

describe("what git cannot do", () => {
  it("is told with the fix", () => {
    const root = temporaryRepository(first);
    expect(() => openGit(temporaryTree())).toThrow(/is in no git repository/);
    const repository = openGit(root);
    expect(() => repository.range("nowhere..HEAD")).toThrow(/nowhere is no commit/);
    expect(() => repository.range("origin/main...HEAD")).toThrow("git fetch origin main");
    expect(() => repository.range("--output=x..HEAD")).toThrow(GitError);
  });

  it("in a shallow clone is told with the command that fetches the rest", () => {
    const root = temporaryRepository(first, second);
    const clone = temporaryTree();
    git(clone, "clone", "-q", "--depth=1", `file://${root}`, "c");
    const repository = openGit(join(clone, "c"));
    expect(() => repository.range("HEAD~1..HEAD")).toThrow("git fetch --unshallow");
    expect(() => repository.range(undefined)).toThrow("git fetch --deepen=1");
  });
});
