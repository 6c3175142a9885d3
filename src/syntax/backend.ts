import type { FlatTree } from "./flatten-cursor.ts";
import type { Grammar, GrammarName } from "./tree.ts";

/** A parser that answers with flat trees, or says which budget the text would have exceeded. */
export interface Backend {
  readonly name: "wasm" | "wasm-cursor" | "native";
  grammar(name: GrammarName): Grammar;
  /** Gives up after so many callbacks of the parser. */
  parse(text: string, name: GrammarName, callbacks: number): Parsed;
}

export type Parsed = ParsedTree | "out-of-callbacks" | "out-of-memory";

export interface ParsedTree extends FlatTree {
  /** How many callbacks it took. */
  readonly callbacks: number;
}
