import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manifest } from "../../rules/manifest.ts";
import { decodeText } from "../../src/adapters/decode-text.ts";
import { memorySnapshot } from "../../src/core/snapshot.ts";
import { analyze } from "../../src/engine/analyze.ts";
import { languages } from "../../src/languages/registry.ts";
import { loadParser } from "../../src/syntax/parser.ts";

const rules = (await Promise.all(manifest.map(({ load }) => load()))).map(
  (module) => module.default,
);
const parser = await loadParser(["go", "typescript", "tsx"]);

/** Real texts of both languages: the fixtures of the rules, and this house's own sources. */
function realTexts(extension: string): string[] {
  const house = resolve(import.meta.dirname, "../..");
  const folders =
    extension === ".go" ? ["test/fixtures/go"] : ["test/fixtures/typescript", "src/engine"];
  return folders.flatMap((folder) =>
    readdirSync(join(house, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(extension))
      .map((path) => readFileSync(join(house, folder, path), "utf8")),
  );
}

/** Analyses texts as one package with every rule; answers what failed inside. */
function failures(texts: readonly string[], extension: string): string[] {
  const files = new Map(texts.map((text, index) => [`p/f${index}${extension}`, text]));
  const { notices, findings } = analyze({
    files: [...files.keys()],
    snapshot: memorySnapshot(files),
    languages,
    rules,
    parser,
  });
  for (const { at } of findings) expect(at.line).toBeGreaterThan(0);
  return notices.filter(({ kind }) => kind === "internal").map(({ message }) => message);
}

const TOKENS = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ";",
  ",",
  ".",
  ":=",
  "=",
  "<-",
  "=>",
  "...",
  "?",
  ":",
  "\n",
  " ",
  '"',
  "`",
  "'",
  "/*",
  "*/",
  "//",
  "go ",
  "defer ",
  "func ",
  "select ",
  "case ",
  "chan ",
  "range ",
  "return ",
  "async ",
  "await ",
  "for ",
  "try ",
  "catch ",
  "using ",
  "class ",
  "interface ",
  "type ",
  "var ",
  "const ",
  "import ",
  "export ",
  "map[",
  "goto L",
  "L:",
  "\uD800",
  "ü",
  "0",
];

/** Cuts, repeats and inserts at random places of a real text. */
function edited(texts: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 60 }),
    insert: fc.array(fc.constantFrom(...TOKENS), { maxLength: 4 }),
    copyFrom: fc.nat(),
    copyLength: fc.nat({ max: 80 }),
  });
  return fc
    .record({
      text: fc.constantFrom(...texts),
      edits: fc.array(edit, { minLength: 1, maxLength: 6 }),
    })
    .map(({ text, edits }) =>
      edits.reduce((before, { at, cut, insert, copyFrom, copyLength }) => {
        const place = at % (before.length + 1);
        const from = copyFrom % (before.length + 1);
        const copied = before.slice(from, from + copyLength);
        return before.slice(0, place) + insert.join("") + copied + before.slice(place + cut);
      }, text),
    );
}

describe.each([".go", ".ts"])("whatever a %s file holds, nothing fails inside", (extension) => {
  it("after edits of real files", () => {
    fc.assert(
      fc.property(
        fc.array(edited(realTexts(extension)), { minLength: 1, maxLength: 2 }),
        (texts) => {
          expect(failures(texts, extension)).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("for random tokens and random bytes", () => {
    const tokens = fc
      .array(fc.constantFrom(...TOKENS), { maxLength: 200 })
      .map((all) => all.join(""));
    const bytes = fc.uint8Array({ maxLength: 300 }).map((all) => {
      const decoded = decodeText(Buffer.from(all));
      return decoded.ok ? decoded.text : "";
    });
    fc.assert(
      fc.property(fc.oneof(tokens, bytes), (text) => {
        expect(failures([text], extension)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["parentheses", "(", ")"],
    ["brackets", "[", "]"],
    ["braces", "{", "}"],
    ["unclosed calls", "f(", ""],
    ["not signs", "!", ""],
    ["functions", extension === ".go" ? "func() { go " : "async () => { await ", " }"],
    ["selections", "a.b.", "c"],
    ["conditions", "if x { ", "} else "],
    ["sums", "1 +", ""],
  ])("for 20,000 nested %s", (_what, open, close) => {
    const body = `${open.repeat(20_000)}1${close.repeat(20_000)}`;
    const text =
      extension === ".go"
        ? `package p\n\nfunc f() {\n\tc := make(chan int)\n\tvar mu sync.Mutex\n\tmu.Lock()\n\tgo f()\n\tc <- ${body}\n}\n`
        : `export async function f() {\n  await f();\n  const x = ${body};\n  f();\n}\n`;
    expect(failures([text], extension)).toEqual([]);
  });
});
