import { readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { findFiles } from "../src/adapters/find-files.ts";
import { languages } from "../src/languages/registry.ts";
import type { GrammarName } from "../src/syntax/tree.ts";

/** A file that `chokepoint lint` would judge. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly grammar: GrammarName;
}

/** What lint finds below a directory, read. */
export function sourceFiles(directory: string): SourceFile[] {
  const root = realpathSync(resolve(directory));
  const extensions = languages.flatMap((language) => language.extensions);
  const { files } = findFiles({
    root,
    paths: [root],
    extensions,
    includes: () => true,
    forceExclude: false,
  });
  return files.flatMap((path) => {
    const language = languages.find((one) => one.extensions.some((end) => path.endsWith(end)));
    const text = readFileSync(join(root, path), "utf8");
    return language && !language.isGenerated(path, text)
      ? [{ path, text, grammar: language.grammarOf(path) }]
      : [];
  });
}

/** Lines of text, as an editor counts them. */
export function linesOf(files: readonly SourceFile[]): number {
  return files.reduce((sum, { text }) => sum + text.split("\n").length, 0);
}

/** The directories that the command line names; ends the program with its use where there is none. */
export function directoriesOrUsage(script: string): string[] {
  const directories = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  if (directories.length > 0) return directories;
  console.error(`use: node dist/bench/${script}.js DIRECTORY…`);
  process.exit(2);
}
