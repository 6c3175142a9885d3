import type { Backend } from "./backend.ts";
import { type Cursor, readCursor } from "./flatten-cursor.ts";
import type { GrammarName } from "./tree.ts";

/** What is used of the package `tree-sitter`, whose own types say less than it can do. */
interface NativeParser {
  setLanguage(language: unknown): void;
  parse(
    text: string,
    before: null,
    options: { readonly bufferSize: number; readonly progressCallback: () => boolean },
  ): { walk(): Cursor } | null;
  reset(): void;
}

/**
 * tree-sitter as a native addon, where the user has installed it. Trees are read by cursor; grammars are those of `wasm`,
 * which are of the same versions and so have the same numbers.
 */
export async function loadNativeBackend(
  names: readonly GrammarName[],
  wasm: Backend,
): Promise<Backend> {
  const { parser, languages } = await loadPackages(names);
  return {
    name: "native",
    grammar: wasm.grammar,
    parse(text, name, limit) {
      let callbacks = 0;
      parser.setLanguage(languages.get(name));
      const parsed = parser.parse(text, null, {
        bufferSize: 32 * 1024,
        progressCallback: () => ++callbacks > limit,
      });
      if (parsed) return { ...readCursor(parsed.walk()), callbacks };
      parser.reset();
      return "out-of-callbacks";
    },
  };
}

async function loadPackages(
  names: readonly GrammarName[],
): Promise<{ parser: NativeParser; languages: ReadonlyMap<GrammarName, unknown> }> {
  try {
    const { default: Parser } = await import("tree-sitter");
    const languages = new Map<GrammarName, unknown>();
    for (const name of names) languages.set(name, await loadLanguage(name));
    return { parser: new Parser() as unknown as NativeParser, languages };
  } catch (error) {
    throw new Error(
      "the native parser cannot be loaded: install and compile tree-sitter, tree-sitter-go and tree-sitter-typescript, or leave out CHOKEPOINT_PARSER=native",
      { cause: error },
    );
  }
}

async function loadLanguage(name: GrammarName): Promise<unknown> {
  if (name === "go") return (await import("tree-sitter-go")).default;
  return (await import("tree-sitter-typescript")).default[name];
}
