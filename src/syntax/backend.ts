import type { FlatTree } from "./flatten-cursor.ts";
import type { Grammar, GrammarName } from "./tree.ts";

/** A parser that answers with flat trees, or says which budget the text would have exceeded. */
export interface Backend {
  readonly name: "wasm" | "wasm-cursor" | "native";
  grammar(name: GrammarName): Grammar;
  parse(text: string, name: GrammarName): FlatTree | "out-of-callbacks" | "out-of-memory";
}
