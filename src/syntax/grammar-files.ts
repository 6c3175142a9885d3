import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GrammarName } from "./tree.ts";

/** The package that a grammar comes from. */
export const grammarPackage: Readonly<Record<GrammarName, string>> = {
  go: "tree-sitter-go",
  typescript: "tree-sitter-typescript",
  tsx: "tree-sitter-typescript",
};

/** The file of a grammar: in `dist/grammars` for a build (this file is then `dist/src/syntax/…`), else in its package. */
export function grammarFile(name: GrammarName): string {
  const built = join(builtGrammars, grammarFileName(name));
  if (existsSync(built)) return built;
  const manifest = createRequire(import.meta.url).resolve(`${grammarPackage[name]}/package.json`);
  return join(dirname(manifest), grammarFileName(name));
}

/** Folder that a build copies grammars to; from sources no such folder is there. */
export const builtGrammars = fileURLToPath(new URL("../../grammars", import.meta.url));

export function grammarFileName(name: GrammarName): string {
  return `tree-sitter-${name}.wasm`;
}
