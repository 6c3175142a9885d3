import type { GrammarName } from "../../syntax/tree.ts";

export const typescriptExtensions: readonly string[] = [
  ".ts",
  ".mts",
  ".cts",
  ".tsx",
  ".jsx",
  ".js",
  ".mjs",
  ".cjs",
];

/** The grammar for a path: `<T>x` is a cast in `.ts` and an element everywhere else, plain JavaScript included. */
export function grammarOf(path: string): GrammarName {
  return /\.[mc]?ts$/.test(path) ? "typescript" : "tsx";
}
