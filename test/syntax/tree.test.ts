import { expect, it } from "vitest";
import { loadParser } from "../../src/syntax/parser.ts";
import { NONE } from "../../src/syntax/tree.ts";

it("no node has no children and no parent", async () => {
  const parser = await loadParser(["typescript"]);
  const parsed = parser.parse("class A { run() {} }", "typescript");
  if (!parsed.ok) throw new Error("does not parse");
  const { tree } = parsed;
  expect(tree.childIn(NONE, "name")).toBe(NONE);
  expect(tree.childrenIn(NONE, "name")).toEqual([]);
  expect(tree.namedChildren(NONE)).toEqual([]);
  expect(tree.childOfKind(NONE, "class_body")).toBe(NONE);
  expect(tree.parentOf(NONE)).toBe(NONE);
});
