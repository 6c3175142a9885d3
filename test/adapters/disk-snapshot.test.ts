import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diskSnapshot, whyUnreadable } from "../../src/adapters/disk-snapshot.ts";
import { temporaryTree } from "./temporary-tree.ts";

describe("a snapshot of a directory", () => {
  it("gives texts as they are, byte order mark and carriage returns included", () => {
    const root = temporaryTree({ "a/b.go": "\uFEFFpackage b\r\n", "c.ts": "ä" });
    const snapshot = diskSnapshot(root);
    expect(snapshot.read("a/b.go")).toBe("\uFEFFpackage b\r\n");
    expect(snapshot.read("c.ts")).toBe("ä");
    expect(snapshot.read("none.go")).toBeUndefined();
    expect(snapshot.read("c.ts/d.ts")).toBeUndefined();
    expect(snapshot.notices()).toEqual([]);
  });

  it("lists names, directories with a slash, and none of git's", () => {
    const root = temporaryTree({ "a/b.go": "", "c.ts": "", ".git/config": "secret" });
    const snapshot = diskSnapshot(root);
    expect(snapshot.list("")).toEqual(["a/", "c.ts"]);
    expect(snapshot.list("a")).toEqual(["b.go"]);
    expect(snapshot.list("nowhere")).toEqual([]);
    expect(snapshot.read(".git/config")).toBeUndefined();
  });

  it.each([
    ["not UTF-8", Buffer.from([0x70, 0xff, 0x61]), /not UTF-8/],
    ["UTF-16", Buffer.from([0xff, 0xfe, 0x61, 0x00]), /UTF-16/],
    ["with a NUL", Buffer.from("package a\0"), /NUL byte at offset 9/],
  ])("tells of a file that is %s", (_what, bytes, message) => {
    const snapshot = diskSnapshot(temporaryTree({ "a.go": bytes, "b.go": "package b" }));
    expect(snapshot.read("a.go")).toBeUndefined();
    expect(snapshot.read("b.go")).toBe("package b");
    expect(snapshot.notices()).toEqual([
      { file: "a.go", kind: "encoding", message: expect.stringMatching(message) },
    ]);
  });

  it("does not read a file of 50 MB", () => {
    const root = temporaryTree({ "a.go": "" });
    truncateSync(join(root, "a.go"), 50_000_000);
    const snapshot = diskSnapshot(root);
    expect(snapshot.read("a.go")).toBeUndefined();
    expect(snapshot.notices()).toMatchObject([{ kind: "too-large", message: /50.0 MB/ }]);
  });

  it("never leaves its root, by dots or by symbolic links", () => {
    const outside = temporaryTree({ "secret.go": "package secret" });
    const root = temporaryTree({ "a.go": "package a", "inside/b.go": "package b" });
    symlinkSync(join(outside, "secret.go"), join(root, "leak.go"));
    symlinkSync(outside, join(root, "leaks"));
    symlinkSync("a.go", join(root, "fine.go"));
    symlinkSync("inside", join(root, "also"));
    const snapshot = diskSnapshot(root);
    for (const path of [
      "leak.go",
      "leaks/secret.go",
      "../x",
      `..${outside}/secret.go`,
      `${outside}/secret.go`,
    ])
      expect(snapshot.read(path)).toBeUndefined();
    expect(snapshot.list("leaks")).toEqual([]);
    expect(snapshot.list("..")).toEqual([]);
    expect(snapshot.read("fine.go")).toBe("package a");
    expect(snapshot.read("also/b.go")).toBe("package b");
  });

  it("tells of symbolic links that lead back to themselves", () => {
    const root = temporaryTree({ "x/a.go": "" });
    symlinkSync("b.go", join(root, "a.go"));
    symlinkSync("a.go", join(root, "b.go"));
    symlinkSync("..", join(root, "x/up"));
    const snapshot = diskSnapshot(root);
    expect(snapshot.read("a.go")).toBeUndefined();
    expect(snapshot.notices()).toMatchObject([
      { file: "a.go", kind: "unreadable", message: /back to themselves/ },
    ]);
  });

  it("says what to do about a file that may not be read, and nothing about one that is not there", () => {
    expect(whyUnreadable({ code: "EACCES" })).toBe(
      "no permission to read it; change its mode, or exclude it",
    );
    expect(whyUnreadable({ code: "EIO", message: "i/o error" })).toBe("i/o error");
    expect(whyUnreadable({ code: "ENOENT" })).toBeUndefined();
  });
});
