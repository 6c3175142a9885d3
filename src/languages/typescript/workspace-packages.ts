import type { FileLookup } from "./file-lookup.ts";
import { propertyOf } from "./json-with-comments.ts";
import { directoriesUp, inDirectory } from "./paths.ts";
import type { PackageManifest, ProjectConfig } from "./project-config.ts";

const MOST_PACKAGES = 2_000;
const DEEPEST_STARS = 4;

/** The root of the npm, yarn or pnpm workspace that encloses a directory. */
export function workspaceRoot(
  directory: string,
  lookup: FileLookup,
  config: ProjectConfig,
): string | undefined {
  return directoriesUp(directory).find(
    (root) => workspacePatterns(root, lookup, config).length > 0,
  );
}

/**
 * The packages of the workspace with that root, by name. Patterns are read as far as people write them: fixed parts, `*` and
 * `**`, and `!` to leave out.
 */
export function workspacePackages(
  root: string,
  lookup: FileLookup,
  config: ProjectConfig,
): ReadonlyMap<string, PackageManifest> {
  return readPackages(root, workspacePatterns(root, lookup, config), lookup, config);
}

function workspacePatterns(
  root: string,
  lookup: FileLookup,
  config: ProjectConfig,
): readonly string[] {
  const pnpm = inDirectory(root, "pnpm-workspace.yaml");
  if (lookup.isListed(pnpm)) return pnpmPatterns(lookup.text(pnpm) ?? "");
  const workspaces = propertyOf(config.packageIn(root)?.json, "workspaces");
  const list = Array.isArray(workspaces) ? workspaces : propertyOf(workspaces, "packages");
  return Array.isArray(list)
    ? list.filter((pattern): pattern is string => typeof pattern === "string")
    : [];
}

/** The `packages:` list of a pnpm-workspace.yaml, which is a plain list of strings. */
function pnpmPatterns(text: string): string[] {
  const patterns: string[] = [];
  let inside = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\S/.test(line)) inside = /^packages\s*:/.test(line);
    else if (inside) {
      const item = /^\s*-\s*(?:"([^"]+)"|'([^']+)'|([^\s#]+))/.exec(line);
      const pattern = item?.[1] ?? item?.[2] ?? item?.[3];
      if (pattern !== undefined) patterns.push(pattern);
    }
  }
  return patterns;
}

function readPackages(
  root: string,
  patterns: readonly string[],
  lookup: FileLookup,
  config: ProjectConfig,
): Map<string, PackageManifest> {
  const left = patterns
    .filter((pattern) => pattern.startsWith("!"))
    .map((pattern) => new Set(expand(root, pattern.slice(1), lookup)));
  const packages = new Map<string, PackageManifest>();
  for (const pattern of patterns) {
    if (pattern.startsWith("!")) continue;
    for (const directory of expand(root, pattern, lookup)) {
      if (left.some((set) => set.has(directory))) continue;
      const manifest = config.packageIn(directory);
      if (manifest?.name === undefined || packages.has(manifest.name)) continue;
      packages.set(manifest.name, manifest);
      if (packages.size >= MOST_PACKAGES) return packages;
    }
  }
  return packages;
}

/** The directories that a pattern names. */
function expand(root: string, pattern: string, lookup: FileLookup): string[] {
  let found = [root];
  for (const part of pattern.replace(/^\.\//, "").split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "**") found = found.flatMap((at) => below(at, lookup));
    else if (part.includes("*")) found = found.flatMap((at) => matching(at, part, lookup));
    else found = found.map((at) => inDirectory(at, part));
    found = found.slice(0, MOST_PACKAGES);
  }
  return found;
}

function matching(directory: string, part: string, lookup: FileLookup): string[] {
  const shape = part
    .split("*")
    .map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]*");
  const pattern = new RegExp(`^${shape}$`);
  return subdirectories(directory, lookup)
    .filter((name) => pattern.test(name))
    .map((name) => inDirectory(directory, name));
}

function below(directory: string, lookup: FileLookup): string[] {
  const found = [directory];
  let level = [directory];
  for (let depth = 0; depth < DEEPEST_STARS && found.length < MOST_PACKAGES; depth++) {
    level = level.flatMap((at) => subdirectories(at, lookup).map((name) => inDirectory(at, name)));
    found.push(...level);
  }
  return found;
}

function subdirectories(directory: string, lookup: FileLookup): string[] {
  const names: string[] = [];
  for (const name of lookup.names(directory)) {
    if (name.endsWith("/") && name !== "node_modules/" && !name.startsWith("."))
      names.push(name.slice(0, -1));
  }
  return names;
}
