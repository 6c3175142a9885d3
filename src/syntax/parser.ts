import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Language, Parser } from "web-tree-sitter";
import { invariant } from "../core/invariant.ts";
import type { Span } from "../core/position.ts";
import { ERROR_KIND, readGrammar } from "./grammar.ts";
import { type Grammar, type GrammarName, NONE, Tree } from "./tree.ts";

export type ParseResult =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly reason: "too-large" | "timed-out"; readonly message: string };

/** The one door to parsing. Made once (loading grammars is asynchronous); parsing is synchronous and pure. */
export interface SourceParser {
  /** Which backend reads: `wasm` (memory read directly), `wasm-cursor` (self-check failed), `native`. */
  readonly backend: "wasm" | "wasm-cursor" | "native";
  parse(text: string, grammar: GrammarName): ParseResult;
}

const require = createRequire(import.meta.url);

/** Loads the parser with the given grammars. */
export async function loadParser(names: readonly GrammarName[]): Promise<SourceParser> {
  await Parser.init();
  const parser = new Parser();
  const loaded = new Map<GrammarName, { language: Language; grammar: Grammar }>();
  for (const name of names) {
    const folder = dirname(
      require.resolve(`tree-sitter-${name === "go" ? "go" : "typescript"}/package.json`),
    );
    const language = await Language.load(await readFile(join(folder, `tree-sitter-${name}.wasm`)));
    loaded.set(name, { language, grammar: readGrammar(name, language) });
  }
  return {
    backend: "wasm-cursor",
    parse(text, name) {
      const { language, grammar } = invariant(loaded.get(name), `the grammar ${name} was loaded`);
      parser.setLanguage(language);
      const parsed = invariant(parser.parse(text), "a parser with a language parses");
      const kind: number[] = [];
      const field: number[] = [];
      const start: number[] = [];
      const end: number[] = [];
      const parent: number[] = [];
      const firstChild: number[] = [];
      const nextSibling: number[] = [];
      const damage: Span[] = [];
      const cursor = parsed.walk();
      const open: number[] = [];
      let previous = NONE;
      for (let done = false; !done; ) {
        const node = kind.length;
        const up = open.at(-1) ?? NONE;
        kind.push(cursor.nodeTypeId);
        field.push(cursor.currentFieldId);
        start.push(cursor.startIndex);
        end.push(cursor.endIndex);
        parent.push(up);
        firstChild.push(NONE);
        nextSibling.push(NONE);
        if (previous !== NONE) nextSibling[previous] = node;
        else if (up !== NONE) firstChild[up] = node;
        if (cursor.nodeTypeId === ERROR_KIND || cursor.nodeIsMissing)
          damage.push({ start: cursor.startIndex, end: cursor.endIndex });
        if (cursor.gotoFirstChild()) {
          open.push(node);
          previous = NONE;
          continue;
        }
        previous = node;
        while (!cursor.gotoNextSibling()) {
          if (!cursor.gotoParent()) {
            done = true;
            break;
          }
          previous = invariant(open.pop(), "a parent was entered before it is left");
        }
      }
      cursor.delete();
      parsed.delete();
      const arrays = {
        size: kind.length,
        kind: Uint16Array.from(kind),
        field: Uint16Array.from(field),
        start: Uint32Array.from(start),
        end: Uint32Array.from(end),
        parent: Int32Array.from(parent),
        firstChild: Int32Array.from(firstChild),
        nextSibling: Int32Array.from(nextSibling),
      };
      return { ok: true, tree: new Tree(grammar, text, arrays, damage) };
    },
  };
}
