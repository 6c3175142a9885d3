import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { GrammarName } from "../src/syntax/tree.ts";

/** A file of a tree, read. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly grammar: GrammarName;
}

const skipped = new Set(["node_modules", "testdata", "vendor", "third_party", "dist", ".git"]);

/** Every Go and TypeScript file below the paths (JavaScript left out), in the order of their names. */
export function readSourceFiles(paths: readonly string[]): readonly SourceFile[] {
  const found: SourceFile[] = [];
  const waiting = [...paths].reverse();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) continue;
    if (stats.isDirectory()) {
      const names = readdirSync(path).filter((name) => !skipped.has(name));
      waiting.push(
        ...names
          .sort()
          .reverse()
          .map((name) => join(path as string, name)),
      );
      continue;
    }
    const grammar = grammarOf(path);
    if (grammar) found.push({ path, text: readFileSync(path, "utf8"), grammar });
  }
  return found;
}

function grammarOf(path: string): GrammarName | undefined {
  if (path.endsWith(".go")) return "go";
  if (/\.(ts|mts|cts)$/.test(path)) return "typescript";
  if (path.endsWith(".tsx")) return "tsx";
  return undefined;
}
