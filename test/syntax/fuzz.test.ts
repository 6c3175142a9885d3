import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isDamaged } from "../../src/syntax/damage.ts";
import { loadParser } from "../../src/syntax/parser.ts";
import { type GrammarName, NONE, type Tree } from "../../src/syntax/tree.ts";
import { realGo, realTypeScript } from "./real-files.ts";

const parser = await loadParser(["go", "typescript", "tsx"]);
const files = [...realTypeScript(1_500_000), ...(realGo(1_500_000) ?? [])].filter(
  ({ text }) => text.length > 0 && text.length < 40_000,
);

const grammar = fc.constantFrom<GrammarName>("go", "typescript", "tsx");
const pieces = fc.constantFrom(
  ..."( ) { } [ ] < > = => ; , . : ? ! & | + - * / \\ \" ' ` ${ <- := // /* */ \n \t \0 \ud800 \ufeff é 😀".split(
    " ",
  ),
  ..."func go chan select case new( make( type struct interface using await async class static accessor abstract".split(
    " ",
  ),
  ...'import("x") export from with { in out global readonly override default <a> </a> & x y 1 "s"'.split(
    " ",
  ),
);

describe("whatever the text, parsing ends with a tree that holds together", () => {
  test("for random characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), grammar, (text, name) => {
        expectSound(text, name);
      }),
      { numRuns: 400 },
    );
  });

  test("for random words of the languages", () => {
    const text = fc.array(pieces, { maxLength: 300 }).map((words) => words.join(" "));
    fc.assert(fc.property(text, grammar, expectSound), { numRuns: 600 });
  });

  test("for real files with random cuts and splices", () => {
    const edit = fc.tuple(fc.nat(), fc.nat({ max: 80 }), fc.array(pieces, { maxLength: 6 }));
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { maxLength: 6 }), (file, edits) => {
        let { text } = file;
        for (const [where, length, words] of edits) {
          const at = where % (text.length + 1);
          text = text.slice(0, at) + words.join("") + text.slice(at + length);
        }
        expectSound(text, file.grammar);
      }),
      { numRuns: 300 },
    );
  });

  test("for one piece nested in itself", () => {
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 4 }), grammar, (words, name) => {
        expectSound(words.join("").repeat(3_000), name);
      }),
      { numRuns: 60 },
    );
  }, 300_000);
});

/** Parents before children, children inside parents and in order, every node linked once, damage within the text. */
function expectSound(text: string, name: GrammarName): void {
  const parsed = parser.parse(text, name);
  if (!parsed.ok) return;
  const { tree } = parsed;
  const faults = new Set<string>();
  let linked = 1;
  for (let node = 0; node < tree.size; node++) {
    const end = tree.end[node] as number;
    if ((tree.start[node] as number) > end) faults.add("ends before it begins");
    linked += checkChildren(tree, node, faults);
  }
  if (linked !== tree.size) faults.add("a node is linked never or twice");
  if (tree.damage.some(({ start, end }) => start > end || end > text.length)) {
    faults.add("damage beyond the text");
  }
  if (isDamaged(tree, 0) !== tree.damage.length > 0)
    faults.add("damage that the root does not hold");
  expect([...faults]).toEqual([]);
}

function checkChildren(tree: Tree, node: number, faults: Set<string>): number {
  let count = 0;
  let before = tree.start[node] as number;
  for (let child = tree.firstChild[node] as number; child !== NONE; ) {
    if (tree.parent[child] !== node || child <= node) faults.add("a child of another");
    if ((tree.start[child] as number) < before) faults.add("begins before the one before ends");
    if ((tree.end[child] as number) > (tree.end[node] as number))
      faults.add("ends after its parent");
    before = tree.end[child] as number;
    count++;
    child = tree.nextSibling[child] as number;
  }
  return count;
}
