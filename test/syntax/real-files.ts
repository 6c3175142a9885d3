import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { GrammarName } from "../../src/syntax/tree.ts";

export interface RealFile {
  readonly path: string;
  readonly text: string;
  readonly grammar: GrammarName;
}

const packages = join(dirname(fileURLToPath(import.meta.url)), "../../node_modules");

/** TypeScript's and JavaScript's of the packages that this repository is built with, at most so many characters. */
export function realTypeScript(characters: number): readonly RealFile[] {
  const found = [
    ...filesBelow(join(packages, "typescript/lib"), /\.d\.ts$/),
    ...filesBelow(join(packages, "vitest"), /\.(d\.ts|js)$/),
    ...filesBelow(join(packages, "@vitest"), /\.(d\.ts|js)$/),
    ...filesBelow(join(packages, "fast-check"), /\.(d\.ts|js)$/),
    ...filesBelow(join(packages, "zod/src"), /\.tsx?$/),
  ];
  return read(found, characters, (path) => (path.endsWith(".js") ? "tsx" : "typescript"));
}

/** Go's own library, or undefined where Go is not installed. */
export function realGo(characters: number): readonly RealFile[] | undefined {
  const root = goRoot();
  if (root === undefined) return undefined;
  const folders = ["net", "go", "runtime", "database", "text"].map((name) =>
    join(root, "src", name),
  );
  return read(
    folders.flatMap((folder) => filesBelow(folder, /\.go$/)),
    characters,
    () => "go",
  );
}

/** In the order of their names; Go's testdata holds what is no program. */
function filesBelow(folder: string, wanted: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => wanted.test(path) && !/(^|\/)(testdata|node_modules)\//.test(path))
    .sort()
    .map((path) => join(folder, path));
}

function goRoot(): string | undefined {
  try {
    return execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}

function read(
  paths: readonly string[],
  characters: number,
  grammarOf: (path: string) => GrammarName,
): readonly RealFile[] {
  const files: RealFile[] = [];
  let left = characters;
  for (const path of paths) {
    if (left <= 0) break;
    const text = readFileSync(path, "utf8");
    left -= text.length;
    files.push({ path, text, grammar: grammarOf(path) });
  }
  return files;
}
