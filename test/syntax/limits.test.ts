import { describe, expect, test } from "vitest";
import { loadParser } from "../../src/syntax/parser.ts";
import type { GrammarName } from "../../src/syntax/tree.ts";

const names: readonly GrammarName[] = ["go", "typescript", "tsx"];
const parser = await loadParser(names);
const frugal = await loadParser(names, { limits: { callbacks: 50 } });

describe("a text that is more than a parser should bear", () => {
  test("is refused before parsing when it is too long", () => {
    const parsed = parser.parse("a".repeat(50_000_000), "go");
    expect(parsed).toMatchObject({ ok: false, reason: "too-large" });
    expect(!parsed.ok && parsed.message).toBe(
      "50.0 million characters; files of more than 4.2 million are not parsed",
    );
  });

  test("is given up after a number of callbacks, every time the same", () => {
    const text = "x = 1 + 2;\n".repeat(1_000);
    for (let again = 0; again < 3; again++) {
      expect(frugal.parse(text, "typescript")).toMatchObject({ ok: false, reason: "timed-out" });
    }
  });

  test("leaves the parser as it was", () => {
    const text = "package p\n\nfunc f() { g() }\n";
    const before = frugal.parse(text, "go");
    frugal.parse("x = 1 + 2;\n".repeat(1_000), "typescript");
    expect(frugal.parse(text, "go")).toEqual(before);
  });
});

describe("hostile texts get an answer", () => {
  const hostile: readonly (readonly [caption: string, text: string])[] = [
    ["nothing", ""],
    ["a byte order mark alone", "\ufeff"],
    ["NUL characters", "\0".repeat(100_000)],
    ["a NUL in code", "package p\n\nvar a = 1\0\nvar b = 2\n"],
    ["halves of characters", "\ud800\udc00\udc00\ud800".repeat(10_000)],
    ["100,000 parentheses that are closed", `x = ${"(".repeat(100_000)}1${")".repeat(100_000)}`],
    ["a million open parentheses", "(".repeat(1_000_000)],
    ["200,000 open braces", "{\n".repeat(200_000)],
    ["calls that are never closed", "a(".repeat(500_000)],
    ["conditions without end", "a?b:".repeat(250_000)],
    ["strings that are never closed", '"\n'.repeat(250_000)],
    ["templates in templates", "`${".repeat(100_000)],
    ["a line of 4 million letters", "a".repeat(4_000_000)],
    ["4 million line breaks", "\n".repeat(4_000_000)],
    ["types that are never closed", "new(map[".repeat(100_000)],
    ["using everywhere", "using x of using ".repeat(60_000)],
    ["variance everywhere", "type A<in out ".repeat(60_000)],
    [
      "comments before signatures that never come",
      `a ${"// a ".repeat(200_000)}\n<a>${"*/ <a> ".repeat(100_000)}`,
    ],
    ["white space before a type that is imported", `a<${"\n".repeat(200_000)}import(`],
    ["a line of white space", `a<${" ".repeat(1_000_000)}\n<a>`],
    ["tags whose arguments never end", `a>\`${"a<{".repeat(300_000)}`],
  ];
  for (const [caption, text] of hostile) {
    for (const name of names) {
      test(`${name}: ${caption}`, () => {
        const parsed = parser.parse(text, name);
        if (parsed.ok) expect(parsed.tree.end[0]).toBeLessThanOrEqual(text.length);
        else expect(parsed.reason).toMatch(/too-large|timed-out/);
      });
    }
  }
});

test("a byte order mark is no damage, and offsets count it", () => {
  for (const [name, text] of [
    ["go", "\ufeffpackage p\n"],
    ["typescript", "\ufeffconst a = 1;\n"],
  ] as const) {
    const parsed = parser.parse(text, name);
    expect(parsed.ok && parsed.tree.damage).toEqual([]);
    expect(parsed.ok && parsed.tree.textOf(parsed.tree.firstChild[0] as number)[0]).toBe(text[1]);
  }
});
