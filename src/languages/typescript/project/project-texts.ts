import type { Snapshot } from "../../../core/snapshot.ts";
import { isGeneratedTypeScript } from "../generated.ts";
import { directoriesUp, inDirectory } from "../paths.ts";
import { isTestPath } from "../test-path.ts";

/** A text of the project that may use what another one declares. */
export interface ProjectText {
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  /** Context, never judged: generated, declarations, components in other languages. */
  readonly isContext: boolean;
}

/** Bounds for strangers' trees. */
const MOST_FILES = 30_000;

/** The directory of the workspace around a package (npm, yarn, pnpm), or the package's own. */
export function projectRoot(directory: string, snapshot: Snapshot): string {
  for (const each of directoriesUp(directory)) {
    const names = snapshot.list(each);
    if (names.includes("pnpm-workspace.yaml") || names.includes("lerna.json")) return each;
    if (!names.includes("package.json")) continue;
    if (/"workspaces"\s*:/.test(snapshot.read(inDirectory(each, "package.json")) ?? ""))
      return each;
  }
  return directory;
}

/** Everything below a directory that can name a type; dependencies and build output left out. */
export function projectTexts(root: string, snapshot: Snapshot): ProjectText[] {
  const found: ProjectText[] = [];
  const open = [root];
  for (let at = open.pop(); at !== undefined && found.length < MOST_FILES; at = open.pop())
    for (const name of snapshot.list(at)) {
      const path = inDirectory(at, name);
      if (name.endsWith("/")) {
        if (!/^(?:node_modules|dist|build|out|coverage|\..*)\/$/.test(name))
          open.push(path.slice(0, -1));
        continue;
      }
      if (!/\.(?:[mc]?[jt]sx?|vue|svelte|astro|mdx?)$/.test(name)) continue;
      const text = snapshot.read(path);
      if (text === undefined) continue;
      const isCode = /\.[mc]?tsx?$/.test(name);
      const isContext = !isCode || isGeneratedTypeScript(path, text);
      found.push({ path, text, isTest: isTestPath(path), isContext });
    }
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}
