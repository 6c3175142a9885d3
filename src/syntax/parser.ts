import { readFile } from "node:fs/promises";
import { Language, type Tree as ParsedTree, Parser } from "web-tree-sitter";
import { invariant } from "../core/invariant.ts";
import { type FlatTree, flattenByCursor } from "./flatten-cursor.ts";
import { MemoryReader } from "./flatten-memory.ts";
import { readGrammar } from "./grammar.ts";
import { grammarFile } from "./grammar-files.ts";
import { addressOf, startParserMemory } from "./parser-memory.ts";
import { type Grammar, type GrammarName, Tree } from "./tree.ts";

export type ParseResult =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly reason: "too-large" | "timed-out"; readonly message: string };

/** The one door to parsing. Made once (loading grammars is asynchronous); parsing is synchronous and pure. */
export interface SourceParser {
  /** Which backend reads: `wasm` (memory read directly), `wasm-cursor` (self-check failed), `native`. */
  readonly backend: "wasm" | "wasm-cursor" | "native";
  parse(text: string, grammar: GrammarName): ParseResult;
}

/** Loads the parser with the given grammars. */
export async function loadParser(names: readonly GrammarName[]): Promise<SourceParser> {
  const reader = new MemoryReader(await startParserMemory());
  const parser = new Parser();
  const loaded = new Map<GrammarName, { language: Language; grammar: Grammar }>();
  for (const name of names) {
    const language = await Language.load(await readFile(grammarFile(name)));
    loaded.set(name, { language, grammar: readGrammar(name, language) });
  }
  const flatten = (parsed: ParsedTree): FlatTree =>
    reader.flatten(addressOf(parsed)) ?? flattenByCursor(parsed);
  return {
    backend: "wasm",
    parse(text, name) {
      const { language, grammar } = invariant(loaded.get(name), `the grammar ${name} was loaded`);
      parser.setLanguage(language);
      const parsed = invariant(parser.parse(text), "a parser with a language parses");
      try {
        const { arrays, damage } = flatten(parsed);
        return { ok: true, tree: new Tree(grammar, text, arrays, damage) };
      } finally {
        parsed.delete();
      }
    },
  };
}
