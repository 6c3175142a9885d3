import { expect, test } from "vitest";
import { isDamaged } from "../../src/syntax/damage.ts";
import { loadParser } from "../../src/syntax/parser.ts";
import type { GrammarName } from "../../src/syntax/tree.ts";

const parser = await loadParser(["go", "typescript"]);

test("an error inside a function silences that function alone", () => {
  const text = "package p\n\nfunc a() { f() }\n\nfunc b() { x := }\n\nfunc c() { g() }\n";
  expect(damaged(text, "go", "function_declaration")).toEqual(["func b() { x := }"]);
});

test("an error elsewhere silences the declaration that it is in", () => {
  const text = "package p\n\ntype T struct { a = int }\n\nfunc a() { f() }\n\nvar x = 1\n";
  expect(damaged(text, "go", "type_declaration")).toEqual(["type T struct { a = int }"]);
  expect(damaged(text, "go", "function_declaration")).toEqual([]);
  expect(damaged(text, "go", "var_declaration")).toEqual([]);
});

test("an error in a function within a function silences both, not the one beside", () => {
  const text = "function a() {\n  const b = () => { c(; };\n  const d = () => { e(); };\n}\n";
  expect(damaged(text, "typescript", "function_declaration")).toHaveLength(1);
  expect(damaged(text, "typescript", "arrow_function")).toEqual(["() => { c(; }"]);
});

test("a method with an error leaves the other methods of its class alone", () => {
  const text = "class A {\n  a() { return 1; }\n  b() { if (x { y(); } }\n  c() { return 3; }\n}\n";
  const found = damaged(text, "typescript", "method_definition");
  expect(found.some((method) => method.startsWith("b()"))).toBe(true);
  expect(found.some((method) => method.startsWith("a()"))).toBe(false);
});

test("a file without errors has no damage anywhere", () => {
  const text = "package p\n\nfunc a() { f() }\n";
  expect(damaged(text, "go", "function_declaration")).toEqual([]);
});

test("ten thousand errors are asked about as quickly as one", () => {
  const text = `package p\n${"func a() { x := }\nfunc b() { f() }\n".repeat(10_000)}`;
  expect(damaged(text, "go", "function_declaration").length).toBeGreaterThanOrEqual(10_000);
});

function damaged(text: string, grammar: GrammarName, kind: string): readonly string[] {
  const parsed = parser.parse(text, grammar);
  if (!parsed.ok) throw new Error(parsed.message);
  const { tree } = parsed;
  const nodes = Array.from({ length: tree.size }, (_, node) => node);
  return nodes
    .filter((node) => tree.isNamed(node) && tree.kindOf(node) === kind && isDamaged(tree, node))
    .map((node) => tree.textOf(node));
}
