import { symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryTree } from "../../adapters/temporary-tree.ts";
import { chokepoint, FLOATING, lintJson } from "./in-process.ts";

/** Each tree has a file with a fault beside the bad one: nothing of it may be lost. */
async function beside(
  files: Readonly<Record<string, string | Uint8Array>>,
  prepare?: (root: string) => void,
) {
  const root = temporaryTree({ "good.ts": FLOATING, ...files });
  prepare?.(root);
  const report = await lintJson(root);
  const { code, said } = await chokepoint(root, ["lint"]);
  expect(code).toBe(1);
  expect(said).not.toMatch(/^\s+at /m);
  expect(report.findings.map(({ file, line }) => `${file}:${line}`)).toContain("good.ts:5");
  return report.notices;
}

const nested = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;

describe("a bad file becomes a notice, and nothing else is lost", () => {
  it("with syntax errors", async () => {
    const broken = "async function a() {}\nfunction b( {{{ a(\n";
    expect(await beside({ "broken.ts": broken })).toMatchObject([
      { file: "broken.ts", kind: "syntax", message: /line \d+/ },
    ]);
    const brokenGo = 'package a\n\nimport "sync"\n\nfunc f( {\n\tvar mu sync.Mutex\n\tmu.Lock(\n';
    expect(await beside({ "broken.go": brokenGo })).toMatchObject([
      { file: "broken.go", kind: "syntax" },
    ]);
  });

  it("that is not UTF-8, or has NUL bytes", async () => {
    const bytes = {
      "latin.ts": Buffer.from("// caf\xe9\nasync function f() {}", "latin1"),
      "nul.go": "package a\0",
    };
    expect(await beside(bytes)).toMatchObject([
      { file: "latin.ts", kind: "encoding", message: /UTF-8/ },
      { file: "nul.go", kind: "encoding", message: /NUL/ },
    ]);
  });

  it("of 50 MB", async () => {
    const notices = await beside({ "big.ts": "" }, (root) =>
      truncateSync(join(root, "big.ts"), 50_000_000),
    );
    expect(notices).toMatchObject([{ file: "big.ts", kind: "too-large", message: /50\.0 MB/ }]);
  });

  it("with 100,000 nested parentheses", async () => {
    const deepGo = `package a\n\nfunc f() int {\n\tgo g()\n\treturn ${nested("(", ")")}\n}\n`;
    const deepTs = `export async function f() { await ${nested("(", ")")}; }\n`;
    const notices = await beside({ "deep.go": deepGo, "deep.ts": deepTs });
    for (const { kind } of notices) expect(kind).not.toBe("internal");
  });

  it("that is a symbolic link in a loop, or out of the tree", async () => {
    const notices = await beside({}, (root) => {
      symlinkSync("..", join(root, "up"));
      symlinkSync("self.ts", join(root, "self.ts"));
      symlinkSync("/etc/hostname", join(root, "out.ts"));
    });
    expect(notices).toEqual([]);
  });

  it("beside a broken go.mod, package.json or tsconfig.json", async () => {
    const notices = await beside({
      "go.mod": "modul x\n\0\n",
      "main.go": "package main\n\nfunc main() { go main() }\n",
      "package.json": "{",
      "tsconfig.json": '{ "compilerOptions": [',
    });
    for (const { file, kind } of notices) {
      expect(["go.mod", "package.json", "tsconfig.json"]).toContain(file);
      expect(["config", "encoding"]).toContain(kind);
    }
    expect(notices.map(({ file }) => file)).toContain("tsconfig.json");
  });

  it("counts against the exit code only when strictness is asked for", async () => {
    const root = temporaryTree({ "broken.ts": "async function f( {" });
    expect((await chokepoint(root, ["lint"])).code).toBe(0);
    expect((await chokepoint(root, ["lint", "--strict"])).code).toBe(1);
  });
});

describe("a wrong command exits with 2, and says what, where, and the fix", () => {
  it.each([
    [["lint", "missing.go"], /^error: missing\.go does not exist; name files or directories/],
    [["lint", "a.ts", "missing/"], /^error: missing\/ does not exist/],
    [["lint", "notes.txt"], /^error: no Go, TypeScript or JavaScript file to judge in notes\.txt/],
    [
      ["lint", "--only", "ts/floating-promis"],
      /there is no rule `ts\/floating-promis`; did you mean `ts\/floating-promise`\?/,
    ],
    [
      ["lint", "--skip", "nothing-like-it"],
      /there is no rule `nothing-like-it`; `chokepoint rules` lists them/,
    ],
    [["lint", "--format", "jsn"], /there is no format `jsn`; did you mean `json`\?/],
    [
      ["lint", "--format", "json=/nowhere/at/all"],
      /the report could not be written: .*; name another file/,
    ],
    [["lint", "--fail-on", "critical"], /Allowed choices are error, warning, info, never/],
    [["lint", "--threads", "0"], /whole number from 1 to 64/],
    [["lint", "--thread", "2"], /unknown option '--thread'\s+\(Did you mean --threads\?\)/],
    [["lint", "-"], /`-` needs --stdin-filename/],
    [["lint", "--config", "none.yml"], /^none\.yml:1:1: error: there is no such file/],
    [["lint", "--baseline", "notes.txt"], /the baseline notes\.txt cannot be used: not JSON/],
    [["explain", "go/blocking"], /there is no rule `go\/blocking`/],
    [["model", "a.ts"], /a\.ts is no place; write FILE:LINE/],
    [["model", "a.ts:9999"], /a\.ts has 7 lines, and no line 9999/],
    [["why", "notes.txt:1"], /no Go, TypeScript or JavaScript file/],
    [["review"], /is in no git repository/],
    [["lnt"], /unknown command 'lnt'\s+\(Did you mean lint\?\)/],
  ])("%j", async (words, message) => {
    const root = temporaryTree({ "a.ts": FLOATING, "notes.txt": "words" });
    const { code, out, said } = await chokepoint(root, words);
    expect(said).toMatch(message);
    expect(said).not.toMatch(/^\s+at /m);
    expect({ code, out }).toMatchObject({ code: 2 });
  });

  it.each([
    ["rules: [", /^\.chokepoint\.yml:\d+:\d+: error: /],
    [
      "rules:\n  ts/floating-promises: off\n",
      /^\.chokepoint\.yml:2:3: error: unknown rule `ts\/floating-promises` in `rules`; did you mean `ts\/floating-promise`\?/,
    ],
    [
      "extend: x.yml\n",
      /^\.chokepoint\.yml:1:1: error: unknown key `extend`; did you mean `extends`\?/,
    ],
    ["extends: https://example.com/x.yml\n", /inside the repository/],
  ])("for the configuration %j", async (text, message) => {
    const root = temporaryTree({ "a.ts": FLOATING, ".chokepoint.yml": text });
    for (const words of [["lint"], ["config", "show"], ["why", "a.ts:5"]]) {
      const { code, said } = await chokepoint(root, words);
      expect(code).toBe(2);
      expect(said).toMatch(message);
    }
  });

  it("also where the mistake is in a configuration further down", async () => {
    const root = temporaryTree({
      "a.ts": FLOATING,
      "lib/b.ts": FLOATING,
      "lib/.chokepoint.yml": "x: 1",
    });
    const { code, said } = await chokepoint(root, ["lint"]);
    expect(code).toBe(2);
    expect(said).toMatch(/^lib\/\.chokepoint\.yml:1:1: error: unknown key `x`/);
  });

  it("but an empty tree is fine where it is said to be", async () => {
    const root = temporaryTree({ "README.md": "" });
    expect((await chokepoint(root, ["lint"])).code).toBe(2);
    expect((await chokepoint(root, ["lint", "--no-error-on-unmatched"])).code).toBe(0);
  });
});
