import type { Span } from "../core/position.ts";
import type { Backend } from "./backend.ts";
import { liftPrefixOperators } from "./lift-prefix-operators.ts";
import { defaultLimits, type ParseLimits } from "./limits.ts";
import { loadNativeBackend } from "./native-backend.ts";
import { parseRepaired } from "./repair.ts";
import { type GrammarName, Tree } from "./tree.ts";
import { loadWasmBackend } from "./wasm-backend.ts";

export type ParseResult =
  | { readonly ok: true; readonly tree: Tree }
  | { readonly ok: false; readonly reason: "too-large" | "timed-out"; readonly message: string };

/** The one door to parsing. Made once (loading grammars is asynchronous); parsing is synchronous and pure. */
export interface SourceParser {
  /** Which backend reads: `wasm` (memory read directly), `wasm-cursor` (self-check failed), `native`. */
  readonly backend: "wasm" | "wasm-cursor" | "native";
  /** Never throws for any text; where a budget is exceeded it says which. */
  parse(text: string, grammar: GrammarName): ParseResult;
}

export interface ParserOptions {
  /** `native` needs the packages tree-sitter, tree-sitter-go and tree-sitter-typescript; throws where they are not. */
  readonly backend?: "wasm" | "wasm-cursor" | "native";
  readonly limits?: Partial<ParseLimits>;
}

/** Loads the parser with the given grammars. */
export async function loadParser(
  names: readonly GrammarName[],
  options: ParserOptions = {},
): Promise<SourceParser> {
  const limits = { ...defaultLimits, ...options.limits };
  const backend = await loadBackend(names, limits, options.backend ?? "wasm");
  return {
    backend: backend.name,
    parse(text, name) {
      if (text.length > limits.units) return tooLarge(text.length, limits.units);
      const read = parseRepaired(backend, text, name, limits.callbacks);
      if (read === "out-of-callbacks") return timedOut;
      if (read === "out-of-memory") return outOfMemory;
      if (name !== "go") liftPrefixOperators(read.arrays, backend.grammar(name));
      const damage = inOrder(read.damage, read.hiddenDamage);
      return { ok: true, tree: new Tree(backend.grammar(name), text, read.arrays, damage) };
    },
  };
}

async function loadBackend(
  names: readonly GrammarName[],
  limits: ParseLimits,
  wanted: Backend["name"],
): Promise<Backend> {
  if (wanted !== "native") return loadWasmBackend(names, limits, wanted);
  return loadNativeBackend(names, await loadWasmBackend(names, limits));
}

function inOrder(damage: readonly Span[], hidden: readonly Span[]): readonly Span[] {
  if (hidden.length === 0) return damage;
  return [...damage, ...hidden].sort((one, other) => one.start - other.start);
}

function tooLarge(units: number, limit: number): ParseResult {
  const millions = (count: number) => (count / 1_000_000).toFixed(1);
  return {
    ok: false,
    reason: "too-large",
    message: `${millions(units)} million characters; files of more than ${millions(limit)} million are not parsed`,
  };
}

const timedOut: ParseResult = {
  ok: false,
  reason: "timed-out",
  message: "parsing was given up after as many steps as no ordinary file of this size needs",
};

const outOfMemory: ParseResult = {
  ok: false,
  reason: "too-large",
  message: "parsing needs more memory than a file may have",
};
