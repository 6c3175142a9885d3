import { describe, expect, it } from "vitest";
import { memorySnapshot } from "../../../src/core/snapshot.ts";
import { findModule, readModule, workspaceModules } from "../../../src/languages/go/go-module.ts";
import { isAtLeastGo } from "../../../src/languages/go/go-version.ts";

describe("go.mod", () => {
  it("gives path, version, toolchain and local replacements", () => {
    const module = readModule(
      "svc",
      `module "example.com/svc" // comment

go 1.22.3
toolchain go1.23.0

require (
	golang.org/x/sync v0.8.0
	example.com/lib v1.0.0 // indirect
)
replace example.com/lib v1.0.0 => ../lib
replace (
	example.com/other => ./inner/other
	example.com/fork => example.com/elsewhere v1.2.3
)
`,
    );
    expect(module).toMatchObject({
      path: "example.com/svc",
      goDirective: "1.22.3",
      toolchain: "go1.23.0",
    });
    expect([...module.replacements]).toEqual([
      ["example.com/lib", "lib"],
      ["example.com/other", "svc/inner/other"],
    ]);
    expect(module.notices).toEqual([]);
  });

  it.each([
    ["go 1.25\n", 'line 1: no module path: begin with "module example.com/name"'],
    ["module a\ngo one\n", 'line 2: "go one" is no version: write it like "go 1.25"'],
    ["module a\nrequre b v1\n", 'line 2: unknown directive "requre": did you mean "require"?'],
    ["module a\n<<<<<<< HEAD\n", 'line 2: unknown directive "<<<<<<<": remove the line'],
    [
      "module a\nrequire (\n\tb v1\n",
      'line 2: the block "require (" is never closed: add a line ")"',
    ],
    ["module\n", 'line 1: "module" names nothing: write "module example.com/name"'],
    ["module a\nreplace b ../b\n", 'line 2: a replacement reads "replace b => ../b"'],
  ])("that is broken (%j) is a notice that names the fix", (text, message) => {
    const { notices } = readModule("", text);
    expect(notices[0]).toEqual({ file: "go.mod", kind: "config", message });
  });

  it("that is broken still says what it can", () => {
    expect(readModule("", "module a\n???\ngo 1.21\n")).toMatchObject({
      path: "a",
      goDirective: "1.21",
    });
  });

  it("nearest upwards wins", () => {
    const snapshot = memorySnapshot(
      new Map([
        ["go.mod", "module outer\n"],
        ["tools/go.mod", "module outer/tools\n"],
        ["tools/cmd/x/main.go", "package main\n"],
      ]),
    );
    expect(findModule("tools/cmd/x", snapshot)?.path).toBe("outer/tools");
    expect(findModule("toolsmith", snapshot)?.path).toBe("outer");
    expect(findModule("", memorySnapshot(new Map()))).toBeUndefined();
  });
});

describe("go.work", () => {
  it("joins the modules that it uses", () => {
    const snapshot = memorySnapshot(
      new Map([
        ["go.work", "go 1.25\nuse (\n\t./a\n\t./b // comment\n\t./gone\n)\n"],
        ["a/go.mod", "module example.com/a\n"],
        ["b/go.mod", "module example.com/b\n"],
      ]),
    );
    expect([...workspaceModules("a/pkg", snapshot)]).toEqual([
      ["example.com/a", "a"],
      ["example.com/b", "b"],
    ]);
  });
});

describe("isAtLeastGo", () => {
  it.each([
    ["1.21", 22, false],
    ["1.22", 22, true],
    ["1.22.5", 22, true],
    ["1.23rc1", 23, true],
    ["1.9", 22, false],
    [undefined, 25, true],
  ])("with directive %s, 1.%i: %s", (goDirective, minor, expected) => {
    const text = goDirective === undefined ? "module a\n" : `module a\ngo ${goDirective}\n`;
    expect(isAtLeastGo(readModule("", text), minor)).toBe(expected);
  });

  it("without a go.mod is the newest", () => expect(isAtLeastGo(undefined, 26)).toBe(true));
});
