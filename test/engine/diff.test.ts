import { describe, expect, it } from "vitest";
import { parseDiff, touches } from "../../src/engine/diff.ts";

const lines = (...all: string[]) => `${all.join("\n")}\n`;

describe("a unified diff", () => {
  it("tells the lines that were added and those that are shown", () => {
    const [file] = parseDiff(
      lines(
        "diff --git a/hub.go b/hub.go",
        "index 111..222 100644",
        "--- a/hub.go",
        "+++ b/hub.go",
        "@@ -3,4 +3,6 @@ func f() {",
        " a",
        "-b",
        "+c",
        "+d",
        " e",
        "+f",
        " g",
        "@@ -20 +22 @@",
        "-x",
        "+y",
        "\\ No newline at end of file",
      ),
    );
    expect(file).toEqual({
      file: "hub.go",
      oldFile: undefined,
      status: "modified",
      added: [
        { from: 4, to: 5 },
        { from: 7, to: 7 },
        { from: 22, to: 22 },
      ],
      removedBefore: [4, 22],
      shown: [
        { from: 3, to: 8 },
        { from: 22, to: 22 },
      ],
    });
  });

  it("takes added and removed lines that look like headers for what they are", () => {
    const [file, ...others] = parseDiff(
      lines(
        "diff --git a/x b/x",
        "--- a/x",
        "+++ b/x",
        "@@ -1,2 +1,2 @@",
        "--- a/evil",
        "-diff --git a/y b/y",
        "+++ b/evil",
        "+@@ -1 +1 @@",
      ),
    );
    expect(others).toEqual([]);
    expect(file).toMatchObject({ file: "x", added: [{ from: 1, to: 2 }] });
  });

  it("knows files that came, went, moved, or have no lines", () => {
    const files = parseDiff(
      lines(
        "diff --git a/new.go b/new.go",
        "new file mode 100644",
        "--- /dev/null",
        "+++ b/new.go",
        "@@ -0,0 +1 @@",
        "+package a",
        "diff --git a/old.go b/old.go",
        "deleted file mode 100644",
        "--- a/old.go",
        "+++ /dev/null",
        "@@ -1 +0,0 @@",
        "-package a",
        "diff --git a/here.go b/there/here.go",
        "similarity index 100%",
        "rename from here.go",
        "rename to there/here.go",
        "diff --git a/logo.png b/logo.png",
        "Binary files a/logo.png and b/logo.png differ",
      ),
    );
    expect(
      files.map(({ file, oldFile, status, added }) => [file, oldFile, status, added.length]),
    ).toEqual([
      ["new.go", undefined, "added", 1],
      ["old.go", undefined, "deleted", 0],
      ["there/here.go", "here.go", "renamed", 0],
      ["logo.png", undefined, "modified", 0],
    ]);
  });

  it("reads paths that git quotes, and paths with blanks", () => {
    const files = parseDiff(
      lines(
        'diff --git "a/\\303\\244 \\"x\\".go" "b/\\303\\244 \\"x\\".go"',
        '--- "a/\\303\\244 \\"x\\".go"',
        '+++ "b/\\303\\244 \\"x\\".go"',
        "@@ -1 +1 @@",
        "-a",
        "+b",
        "diff --git a/a b c.go b/a b c.go",
        "--- a/a b c.go\t",
        "+++ b/a b c.go\t",
        "@@ -1 +1 @@",
        "-a",
        "+b",
      ),
    );
    expect(files.map(({ file }) => file)).toEqual(['ä "x".go', "a b c.go"]);
  });
});

describe("touching", () => {
  it("asks whether stretches of lines meet", () => {
    const ranges = [{ from: 3, to: 5 }];
    expect([2, 3, 5, 6].map((line) => touches(ranges, line))).toEqual([false, true, true, false]);
    expect(touches(ranges, 1, 9)).toBe(true);
  });
});
