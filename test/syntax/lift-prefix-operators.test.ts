import { expect, test } from "vitest";
import { loadParser } from "../../src/syntax/parser.ts";
import { NONE, type Tree } from "../../src/syntax/tree.ts";

const parser = await loadParser(["typescript", "tsx"]);

function parse(text: string): Tree {
  const result = parser.parse(text, "typescript");
  if (!result.ok) throw new Error(result.message);
  return result.tree;
}

/** Kinds and texts as nested lists, fields before a colon. */
function shape(tree: Tree, node = 0): string {
  const children: string[] = [];
  for (
    let child = tree.firstChild[node] as number;
    child !== NONE;
    child = tree.nextSibling[child] as number
  ) {
    expect(tree.parentOf(child)).toBe(node);
    expect(tree.start[child]).toBeGreaterThanOrEqual(tree.start[node] as number);
    expect(tree.end[child]).toBeLessThanOrEqual(tree.end[node] as number);
    children.push(`${tree.field[child]}:${shape(tree, child)}`);
  }
  return children.length === 0 ? tree.kindOf(node) : `${tree.kindOf(node)}(${children.join(" ")})`;
}

/** The grammar reads it rightly without type arguments; with them the same shape is wanted, arguments added. */
const twins: readonly (readonly [withTypes: string, without: string])[] = [
  ["await f<T>(x);", "await f(x);"],
  ["void g.h<T>(y);", "void g.h(y);"],
  ["x = await a.b<T>(1).c(2);", "x = await a.b(1).c(2);"],
  ["y = await f<T>(1)<T>(2);", "y = await f(1)(2);"],
  ["z = !(await f<T>(1)) && !g<T>(2)[0];", "z = !(await f(1)) && !g(2)[0];"],
  ["z = typeof await f<T>(1).a!.b;", "z = typeof await f(1).a!.b;"],
  [
    "for (const p of await f<T>(1)) await p.g<T>(), await q<T>();",
    "for (const p of await f(1)) await p.g(), await q();",
  ],
];

test.each(twins)("%s has the shape of %s", (withTypes, without) => {
  const tree = parse(withTypes);
  expect(tree.damage).toEqual([]);
  const types = / \d+:type_arguments\(\d+:< \d+:type_identifier \d+:>\)/g;
  expect(shape(tree).replace(types, "")).toBe(shape(parse(without)));
});

test("nodes keep the order of their text", () => {
  const tree = parse("const z = !await f<T>(x).y;");
  const named = [];
  for (let node = 0; node < tree.size; node++)
    if (tree.isNamed(node)) named.push(tree.textOf(node));
  expect(named.slice(2)).toEqual([
    "z = !await f<T>(x).y",
    "z",
    "!await f<T>(x).y",
    "await f<T>(x).y",
    "f<T>(x).y",
    "f<T>(x)",
    "f",
    "<T>",
    "T",
    "(x)",
    "x",
    "y",
  ]);
});

test("operators piled on a long chain cost no more than the text is long", () => {
  const tree = parse(`${"!".repeat(3_000)}f<T>(1)${".a".repeat(3_000)};`);
  expect(tree.size).toBeGreaterThan(9_000);
});
