import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GrammarName } from "./tree.ts";

/** What a build writes down of each grammar that it copies, in `dist/grammars/grammars.json`. */
export interface GrammarRecord {
  readonly name: GrammarName;
  readonly package: string;
  readonly version: string;
  readonly sha256: string;
}

/** The package that a grammar comes from. */
export const grammarPackage: Readonly<Record<GrammarName, string>> = {
  go: "tree-sitter-go",
  typescript: "tree-sitter-typescript",
  tsx: "tree-sitter-typescript",
};

/** Folder that a build copies grammars to, seen from `dist/src/syntax`; from the sources there is no such folder. */
export const builtGrammars = fileURLToPath(new URL("../../grammars", import.meta.url));

/** The file of a grammar: the build's copy, or the package's own when running from the sources. */
export function grammarFile(name: GrammarName): string {
  const built = join(builtGrammars, grammarFileName(name));
  if (existsSync(built)) return built;
  const manifest = createRequire(import.meta.url).resolve(`${grammarPackage[name]}/package.json`);
  return join(dirname(manifest), grammarFileName(name));
}

export function grammarFileName(name: GrammarName): string {
  return `tree-sitter-${name}.wasm`;
}

/** A grammar as `doctor` shows it. `isIntact` is undefined where nothing was written down to compare with. */
export interface GrammarHealth {
  readonly name: GrammarName;
  readonly file: string;
  readonly version?: string;
  readonly isIntact?: boolean;
}

/** Compares each grammar of a build with the hash written down for it. */
export function checkGrammars(): readonly GrammarHealth[] {
  const recordsFile = join(builtGrammars, "grammars.json");
  if (!existsSync(recordsFile)) {
    return Object.keys(grammarPackage).map((name) => ({
      name: name as GrammarName,
      file: grammarFile(name as GrammarName),
    }));
  }
  const records = JSON.parse(readFileSync(recordsFile, "utf8")) as readonly GrammarRecord[];
  return records.map(({ name, version, sha256 }) => {
    const file = grammarFile(name);
    const found = createHash("sha256").update(readFileSync(file)).digest("hex");
    return { name, file, version, isIntact: found === sha256 };
  });
}
