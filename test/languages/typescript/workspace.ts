import { memorySnapshot } from "../../../src/core/snapshot.ts";
import type { Workspace } from "../../../src/languages/language.ts";
import { ExportLinks } from "../../../src/languages/typescript/export-links.ts";
import { grammarOf } from "../../../src/languages/typescript/grammar-of.ts";
import { openModules } from "../../../src/languages/typescript/modules.ts";
import { createInference } from "../../../src/languages/typescript/type-inference.ts";
import { createResolver } from "../../../src/languages/typescript/typescript-resolver.ts";
import { loadParser } from "../../../src/syntax/parser.ts";
import type { Tree } from "../../../src/syntax/tree.ts";

const parser = await loadParser(["typescript", "tsx"]);

/** A workspace over texts in memory, with the real parser. */
export function workspaceOf(files: Readonly<Record<string, string>>): Workspace {
  const trees = new Map<string, Tree | undefined>();
  const snapshot = memorySnapshot(new Map(Object.entries(files)));
  return {
    snapshot,
    generation: 0,
    parsed: (path) => trees.get(path),
    parse(path) {
      if (!trees.has(path)) {
        const text = snapshot.read(path);
        const result = text === undefined ? undefined : parser.parse(text, grammarOf(path));
        trees.set(path, result?.ok ? result.tree : undefined);
      }
      return trees.get(path);
    },
    parseText(path, text) {
      const result = parser.parse(text, grammarOf(path));
      return result.ok ? result.tree : undefined;
    },
  };
}

/** The analyses of a unit made of all the files, with its root at the top. */
export function openFiles(files: Readonly<Record<string, string>>) {
  const workspace = workspaceOf(files);
  const code = Object.keys(files).filter((path) => /\.[mc]?[jt]sx?$/.test(path));
  const modules = openModules({ language: "typescript", directory: "", files: code }, workspace);
  const inference = createInference(new ExportLinks(modules));
  return { modules, inference, resolver: createResolver(inference), workspace };
}
