import type { ModuleResolution } from "../module-resolution.ts";
import type { ProjectText } from "./project-texts.ts";

const REEXPORT =
  /\bexport\s+(?:type\s+)?(?:\*(?:\s+as\s+[\w$]+)?|\{[^}]*\})\s*from\s*["']([^"']+)["']/g;
const IMPORT = /\bimport\s+(?:type\s+)?[^"';]*?from\s*["']([^"']+)["']/g;

/**
 * The files whose exports other projects can reach: those of packages that are installed by others, from their entry points
 * along re-exports, and what such a file imports, since it may stand in a signature. All files of a package whose entry points
 * aren't found.
 */
export function publicFiles(
  texts: readonly ProjectText[],
  resolution: ModuleResolution,
): (path: string) => boolean {
  const byPath = new Map(texts.map((each) => [each.path, each.text]));
  const reached = new Set<string>();
  const open: string[] = [];
  const enter = (path: string) => {
    if (reached.has(path) || !byPath.has(path)) return;
    reached.add(path);
    open.push(path);
  };
  for (const { path, isTest } of texts) {
    if (isTest || !resolution.isLibrary(path)) continue;
    const entries = resolution.entriesOf(path);
    if (entries === undefined) reached.add(path);
    else for (const entry of entries) enter(entry);
  }
  const imported = new Set<string>();
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const text = byPath.get(path) ?? "";
    for (const [, specifier = ""] of text.matchAll(REEXPORT)) {
      const target = resolution.resolve(path, specifier);
      if (target.kind === "file") enter(target.path);
    }
    for (const [, specifier = ""] of text.matchAll(IMPORT)) {
      const target = resolution.resolve(path, specifier);
      if (target.kind === "file") imported.add(target.path);
    }
  }
  return (path) => reached.has(path) || imported.has(path);
}
