import { describe, expect, test } from "vitest";
import type { TypeScriptVariable } from "../../../src/languages/typescript/resolver.ts";
import { openFiles } from "./workspace.ts";

/** The variable that the n-th (from 1) occurrence of a name means. */
function variableOf(
  text: string,
  name: string,
  occurrence: number,
): TypeScriptVariable | undefined {
  const { modules, resolver } = openFiles({ "main.ts": text });
  const module = modules.module("main.ts");
  if (!module) throw new Error("main.ts was not parsed");
  const { tree } = module;
  let seen = 0;
  for (let node = 0; node < tree.size; node++) {
    if (!tree.isNamed(node) || tree.firstChild[node] !== -1) continue;
    if (tree.textOf(node) === name && ++seen === occurrence)
      return resolver.variableAt({ module, node });
  }
  throw new Error(`${name} stands there ${seen} times`);
}

function declarationOf(text: string, name: string, occurrence: number): string {
  const variable = variableOf(text, name, occurrence);
  if (!variable) return "nothing";
  const { module, node } = variable.declaration;
  const line = module.tree.text.slice(0, module.tree.start[node]).split("\n").length;
  return `${variable.kind} at line ${line}`;
}

describe("a name means", () => {
  test.each<[string, string, number, string]>([
    ["const x = 1;\nx;", "x", 2, "const at line 1"],
    ["let x = 1;\n{ let x = 2;\nx; }", "x", 3, "let at line 2"],
    ["const x = 1;\nfunction f(x: number) {\nreturn x; }", "x", 3, "parameter at line 2"],
    ["f();\nfunction f() {}", "f", 1, "function at line 2"],
    ["function f() { x = 1;\nif (f) { var x = 2; } }", "x", 1, "var at line 2"],
    ["const x = 1;\nfunction f() {\nx; {\nvar x; } }", "x", 2, "var at line 4"],
    ["function f({ a, b: { c = 1 }, ...rest }) {\nreturn c; }", "c", 2, "parameter at line 1"],
    ["function f([, a]: number[]) {\nreturn a; }", "a", 2, "parameter at line 1"],
    ["const f = x =>\nx;", "x", 2, "parameter at line 1"],
    ["for (const [key, value] of m) {\nvalue; }", "value", 2, "const at line 1"],
    ["for (let i = 0; i < 1;\ni++) {}", "i", 3, "let at line 1"],
    ["try {} catch ({ message }) {\nmessage; }", "message", 2, "catch at line 1"],
    ["switch (1) { case 1: let x = 1;\ncase 2: x; }", "x", 2, "let at line 1"],
    ["import x, { y as z } from 'm';\nx;", "x", 2, "import at line 1"],
    ["import x, { y as z } from 'm';\nz;", "z", 2, "import at line 1"],
    ["import { y as z } from 'm';\ny;", "y", 2, "nothing"],
    ["import * as all from 'm';\nall;", "all", 2, "import at line 1"],
    ["import all = require('m');\nall;", "all", 2, "import at line 1"],
    ["enum Color { Red }\nColor.Red;", "Color", 2, "enum at line 1"],
    ["namespace N { export const x = 1;\nx; }", "x", 2, "const at line 1"],
    ["namespace N { }\nN;", "N", 2, "namespace at line 1"],
    ["class A { m() { return\nA; } }", "A", 2, "class at line 1"],
    ["const B = class A { m() { return\nA; } };", "A", 2, "class at line 1"],
    ["const g = function f() {\nreturn f; };", "f", 2, "function at line 1"],
    ["interface I {}\nlet x: I;", "I", 2, "type at line 1"],
    ["type T = 1;\nconst T = 2;\nlet x: T;", "T", 3, "type at line 1"],
    ["type T = 1;\nconst T = 2;\nT;", "T", 3, "const at line 2"],
    ["function f<T>(x: T) {\nlet y: T; }", "T", 3, "type at line 1"],
    ["const a = { x };\nvar x;", "x", 1, "var at line 2"],
    ["declare const x: number;\nx;", "x", 2, "const at line 1"],
    ["declare function f(): void;\nf();", "f", 2, "function at line 1"],
    ["export const x = 1;\nexport { x as y };", "x", 2, "const at line 1"],
    ["const x = 1;\nexport { x } from './other';", "x", 2, "nothing"],
    ["const x = 1;\na.x;", "x", 2, "nothing"],
    [
      "label: for (;;) {}\nconst f = function (this: Window, a: number) {\na; };",
      "a",
      2,
      "parameter at line 2",
    ],
    ["if (true) { function f() {} }\nf();", "f", 2, "nothing"],
    ["function f(f: number) {\nf; }\nf;", "f", 3, "parameter at line 1"],
    ["function f(f: number) {\nf; }\nf;", "f", 1, "function at line 1"],
  ])("in %j: %s, occurrence %i, %s", (text, name, occurrence, expected) => {
    expect(declarationOf(text, name, occurrence)).toBe(expected);
  });

  test("one object for all uses", () => {
    const { modules, resolver } = openFiles({ "main.ts": "let x = 1; x; { x; let y = x; }" });
    const module = modules.module("main.ts");
    if (!module) throw new Error("main.ts was not parsed");
    const found = new Set<unknown>();
    for (let node = 0; node < module.tree.size; node++) {
      if (module.tree.kindOf(node) === "identifier" && module.tree.textOf(node) === "x")
        found.add(resolver.variableAt({ module, node }));
    }
    expect(found.size).toBe(1);
  });
});

describe("a variable", () => {
  test.each<[string, boolean]>([
    ["let x = 1; use(x);", false],
    ["let x; x = 1;", true],
    ["let x = 1; x += 1;", true],
    ["let x = 1; x++;", true],
    ["let x = 1; [x] = [2];", true],
    ["let x = 1; ({ x } = { x: 2 });", true],
    ["let x = 1; ({ a: x } = { a: 2 });", true],
    ["let x = 1; for (x of [2]) {}", true],
    ["let x = 1; { let x; x = 2; }", false],
    ["let x = { a: 1 }; x.a = 2;", false],
    ["let x = 1; const y = { x };", false],
    ["let x = 1; const { y = x } = o;", false],
  ])("in %j is reassigned: %s", (text, expected) => {
    expect(variableOf(text, "x", 1)?.isReassigned()).toBe(expected);
  });

  test("knows its function, its place among the parameters and its uses", () => {
    const text = "function f(this: Window, a: number, { b }: O) { return () => b + a + b; }";
    const variable = variableOf(text, "b", 1);
    expect(variable?.index).toBe(1);
    expect(variable?.references().length).toBe(2);
    const { tree } = variable?.declaration.module ?? {};
    expect(tree?.kindOf(variable?.function ?? 0)).toBe("function_declaration");
  });

  test("of 100,000 nested blocks is looked for in bounded time", () => {
    const deep = `${"{".repeat(50_000)}x;${"}".repeat(50_000)}`;
    expect(declarationOf(`let x;${deep}`, "x", 2)).toBe("nothing");
  });
});
