import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Language, Parser } from "web-tree-sitter";
import { grammarFile } from "../../src/syntax/grammar-files.ts";
import { defaultLimits } from "../../src/syntax/limits.ts";
import { loadNativeBackend } from "../../src/syntax/native-backend.ts";
import { isSameTree } from "../../src/syntax/self-check.ts";
import type { GrammarName } from "../../src/syntax/tree.ts";
import { loadWasmBackend } from "../../src/syntax/wasm-backend.ts";
import { damagedCopy } from "./damaged-copies.ts";
import { type RealFile, realGo, realTypeScript } from "./real-files.ts";

const names: readonly GrammarName[] = ["go", "typescript", "tsx"];
const memory = await loadWasmBackend(names, defaultLimits);
const cursor = await loadWasmBackend(names, defaultLimits, "wasm-cursor");
const native = await loadNativeBackend(names, memory).catch(() => undefined);
const UNLIMITED = Number.POSITIVE_INFINITY;
const typescript = realTypeScript(4_000_000);
const go = realGo(4_000_000);

test("memory is what the parser is read from, since its layout is the one we know", () => {
  expect(memory.name).toBe("wasm");
});

describe("reading memory and walking a cursor say the same of every node", () => {
  test("of TypeScript and JavaScript", () => {
    expect(typescript.length).toBeGreaterThan(100);
    expect(typescript.filter((file) => !agree(cursor, file)).map(pathOf)).toEqual([]);
  });

  test.skipIf(!go)("of Go", () => {
    expect((go ?? []).filter((file) => !agree(cursor, file)).map(pathOf)).toEqual([]);
  });

  test("of damaged files", () => {
    const copies = [...typescript, ...(go ?? [])].map(damagedCopy).filter(isShort);
    expect(copies.length).toBeGreaterThan(150);
    expect(copies.filter((file) => !agree(cursor, file)).map(pathOf)).toEqual([]);
  });

  test("of nesting that is deeper than any stack", () => {
    const text = `x = ${"(".repeat(30_000)}1${")".repeat(30_000)}`;
    expect(agree(cursor, { path: "deep", text, grammar: "typescript" })).toBe(true);
  });
});

describe.skipIf(!native)("the native parser says the same", () => {
  test("of TypeScript and JavaScript", () => {
    expect(cleanFilesThatDiffer(typescript)).toEqual([]);
  });

  test.skipIf(!go)("of Go", () => {
    expect(cleanFilesThatDiffer(go ?? [])).toEqual([]);
  });

  /** It is an older tree-sitter, which recovers from errors otherwise, but from the same errors. */
  test("of damaged copies that are clean all the same", () => {
    const copies = [...typescript, ...(go ?? [])].map(damagedCopy).filter(isShort);
    expect(copies.filter((file) => isClean(memory, file)).length).toBeGreaterThan(20);
    expect(cleanFilesThatDiffer(copies)).toEqual([]);
  });
});

test("a tree has damage exactly where the parser reports an error", async () => {
  await Parser.init();
  const parser = new Parser();
  for (const name of names) {
    parser.setLanguage(await Language.load(readFileSync(grammarFile(name))));
    const files = [...typescript, ...(go ?? [])].filter(({ grammar }) => grammar === name);
    for (const file of files.map(damagedCopy).filter(isShort).slice(0, 200)) {
      const parsed = parser.parse(file.text);
      expect([file.path, isClean(memory, file)]).toEqual([file.path, !parsed?.rootNode.hasError]);
      parsed?.delete();
    }
  }
});

function agree(other: typeof memory | undefined, file: RealFile): boolean {
  const one = memory.parse(file.text, file.grammar, UNLIMITED);
  const two = other?.parse(file.text, file.grammar, UNLIMITED) ?? "not loaded";
  return typeof one !== "string" && typeof two !== "string" && isSameTree(one, two);
}

function cleanFilesThatDiffer(files: readonly RealFile[]): readonly string[] {
  return files.filter((file) => isClean(memory, file) && !agree(native, file)).map(pathOf);
}

function isClean(backend: typeof memory | undefined, { text, grammar }: RealFile): boolean {
  const parsed = backend?.parse(text, grammar, UNLIMITED) ?? "not loaded";
  return (
    typeof parsed !== "string" && parsed.damage.length === 0 && parsed.hiddenDamage.length === 0
  );
}

function isShort({ text }: RealFile): boolean {
  return text.length < 60_000;
}

function pathOf({ path }: RealFile): string {
  return path;
}
