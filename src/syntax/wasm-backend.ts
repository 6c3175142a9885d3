import { readFileSync } from "node:fs";
import { Language, type Tree as ParsedTree, Parser } from "web-tree-sitter";
import { invariant } from "../core/invariant.ts";
import type { Backend } from "./backend.ts";
import { type FlatTree, flattenByCursor } from "./flatten-cursor.ts";
import { MemoryReader } from "./flatten-memory.ts";
import { readGrammar } from "./grammar.ts";
import { grammarFile } from "./grammar-files.ts";
import type { ParseLimits } from "./limits.ts";
import { ParserMemory } from "./parser-memory.ts";
import { isSameTree, samples } from "./self-check.ts";
import type { Grammar, GrammarName } from "./tree.ts";

interface LoadedGrammar {
  readonly language: Language;
  readonly grammar: Grammar;
  /** Whether its trees can be read from memory. */
  readonly readsMemory: boolean;
}

/** Of the process, as the memory that they take: loaded once more they would take it twice, and nothing gives it back. */
const loaded = new Map<GrammarName, LoadedGrammar>();
let shared: Parser | undefined;

/** tree-sitter as WebAssembly, with trees read from its memory; by cursor where that is asked for or the self-check fails. */
export async function loadWasmBackend(
  names: readonly GrammarName[],
  limits: Pick<ParseLimits, "memory">,
  wanted: "wasm" | "wasm-cursor" = "wasm",
): Promise<Backend> {
  const memory = await ParserMemory.start(limits.memory);
  shared ??= new Parser();
  const parser = shared;
  const reader = new MemoryReader(memory);
  const missing = names.filter((name) => !loaded.has(name));
  for (const name of missing) {
    const language = Language.loadSync(new WebAssembly.Module(readFileSync(grammarFile(name))));
    const readsMemory = agreesWithCursor(parser, reader, name, language);
    loaded.set(name, { language, grammar: readGrammar(name, language), readsMemory });
  }
  if (missing.length > 0) memory.keep();
  const find = (name: GrammarName) => invariant(loaded.get(name), `the grammar ${name} was loaded`);
  const readsMemory = wanted === "wasm" && names.every((name) => find(name).readsMemory);
  return {
    name: readsMemory ? "wasm" : "wasm-cursor",
    grammar: (name) => find(name).grammar,
    parse(text, name, limit) {
      try {
        let callbacks = 0;
        const progressCallback = () => ++callbacks > limit;
        const parsed = parser
          .setLanguage(find(name).language)
          .parse(text, null, { progressCallback });
        if (parsed) return { ...takeApart(parsed, readsMemory ? reader : undefined), callbacks };
        parser.reset();
        return "out-of-callbacks";
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        memory.restore();
        return "out-of-memory";
      }
    },
  };
}

/** The parser's tree as arrays; the tree itself is freed at once, since its memory is not the collector's to free. */
function takeApart(parsed: ParsedTree, reader: MemoryReader | undefined): FlatTree {
  try {
    return reader?.flatten(addressOf(parsed)) ?? flattenByCursor(parsed);
  } finally {
    parsed.delete();
  }
}

/** Where a parsed tree stands in memory; the library keeps it under a key that its types leave out. */
function addressOf(parsed: ParsedTree): number {
  return (parsed as unknown as { readonly 0: number })[0];
}

function agreesWithCursor(
  parser: Parser,
  reader: MemoryReader,
  name: GrammarName,
  language: Language,
): boolean {
  parser.setLanguage(language);
  return samples[name].every((sample) => {
    const parsed = invariant(parser.parse(sample), "a parser with a language parses");
    try {
      const read = reader.flatten(addressOf(parsed));
      return read !== undefined && isSameTree(read, flattenByCursor(parsed));
    } finally {
      parsed.delete();
    }
  });
}
