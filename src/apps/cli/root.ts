import { existsSync, realpathSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UsageError } from "./usage-error.ts";

/** Where a tree of its own begins, where there is no repository. */
const MARKS = [".chokepoint.yml", "go.work", "go.mod", "pnpm-workspace.yaml", "package.json"];

/** The absolute paths that a user names; throws UsageError for one that is not there. */
export function existingPaths(paths: readonly string[], directory: string): string[] {
  return paths.map((path) => {
    const full = resolve(directory, path);
    if (path === "" || path.includes("\0") || !existsSync(full))
      throw new UsageError(
        `${path === "" ? "an empty path" : path} does not exist; name files or directories below or beside ${directory}`,
      );
    return full;
  });
}

/**
 * The directory whose files may be read for these paths: the repository that holds them, else what a go.mod, package.json
 * or configuration makes one tree, else the working directory; for several such trees their common ancestor.
 */
export function rootOf(paths: readonly string[], directory: string): string {
  const roots = paths.map((path) => {
    const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    const start = nearestDirectory(isDirectory ? path : dirname(path));
    return treeOf(realpathSync(start), realpathSync(directory));
  });
  return roots.reduce(commonAncestor);
}

/** The text of standard input may be of a file in a directory that is yet to be made. */
function nearestDirectory(path: string): string {
  let at = path;
  while (!existsSync(at)) at = dirname(at);
  return at;
}

function treeOf(start: string, directory: string): string {
  const repository = above(start, [".git"]);
  if (repository) return repository;
  if (isInside(start, directory)) return above(directory, MARKS) ?? directory;
  return above(start, MARKS) ?? start;
}

function above(start: string, names: readonly string[]): string | undefined {
  for (let at = start; ; at = dirname(at)) {
    if (names.some((name) => existsSync(join(at, name)))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function commonAncestor(one: string, other: string): string {
  let at = one;
  while (!isInside(other, at)) at = dirname(at);
  return at;
}

function isInside(path: string, directory: string): boolean {
  return (
    path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep)
  );
}

/** Turns paths below the root into what the user sees: relative to the working directory, with `/`. */
export function pathPrinter(root: string, directory: string): (path: string) => string {
  const prefix = relative(realpathSync(directory), root).split(sep).join("/");
  const inside = relative(root, realpathSync(directory)).split(sep).join("/");
  if (prefix === "") return (path) => path;
  if (!inside.startsWith("..") && inside !== "") {
    return (path) =>
      path.startsWith(`${inside}/`)
        ? path.slice(inside.length + 1)
        : relative(inside, path).split(sep).join("/");
  }
  return (path) => `${prefix}/${path}`;
}

/** A path of the user's as the snapshot names it; undefined where it lies outside the root. */
export function inRoot(root: string, full: string): string | undefined {
  let real: string;
  try {
    real = join(realpathSync(dirname(full)), full.slice(full.lastIndexOf(sep) + 1));
  } catch {
    real = full;
  }
  if (real === root) return "";
  return isInside(real, root) ? relative(root, real).split(sep).join("/") : undefined;
}
