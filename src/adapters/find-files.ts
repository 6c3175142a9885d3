import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Ignore } from "ignore";
import ignoreModule from "ignore";
import type { Notice } from "../core/finding.ts";
import { FOREIGN_DIRECTORIES, foreignPatterns, isBuilt } from "../engine/foreign-files.ts";
import { whyUnreadable } from "./disk-snapshot.ts";

export interface FindFilesRequest {
  /** Absolute, without symbolic links. */
  readonly root: string;
  /** Files and directories, absolute; each is there. */
  readonly paths: readonly string[];
  /** With the dot. */
  readonly extensions: readonly string[];
  /** Whether the configuration lets a file in; asked with paths relative to the root. */
  readonly includes: (file: string) => boolean;
  /** Leave out also files that were named, where ignore files or the configuration say so. */
  readonly forceExclude: boolean;
}

export interface FoundFiles {
  /** Relative to the root, with `/`, sorted. */
  readonly files: readonly string[];
  readonly notices: readonly Notice[];
}

const ignore = ignoreModule as unknown as (options?: { allowRelativePaths: boolean }) => Ignore;

/** What the ignore files of one directory say about paths below it. */
interface Layer {
  readonly directory: string;
  readonly ignored: Ignore | undefined;
  /** `linguist-generated` and `linguist-vendored` of `.gitattributes`. */
  readonly foreign: Ignore | undefined;
}

/**
 * The files to judge below the given paths. Directories are searched as git sees them: `.gitignore` on every level,
 * `.git/info/exclude`, `.gitattributes`; no other people's code, no built or minified files; symbolic links are not
 * followed. A file that was named is taken whatever these say, unless `forceExclude`.
 */
export function findFiles(request: FindFilesRequest): FoundFiles {
  const { root, extensions, includes, forceExclude } = request;
  const found = new Set<string>();
  const notices: Notice[] = [];
  const layers = new Map<string, readonly Layer[]>();

  /** `names`: of the directory's entries, where they are known: most have no ignore file to read. */
  const layersOf = (directory: string, names?: ReadonlySet<string>): readonly Layer[] => {
    const known = layers.get(directory);
    if (known) return known;
    const above = directory === "" ? [excludeLayer(root)] : layersOf(parentOf(directory));
    const own = layerIn(root, directory, names);
    const chain = own ? [...above, own] : above;
    layers.set(directory, chain);
    return chain;
  };
  const isWanted = (file: string, told: readonly Layer[]): boolean =>
    extensions.some((end) => file.endsWith(end)) &&
    !isBuilt(file) &&
    !isIgnored(file, told) &&
    includes(file);

  for (const path of request.paths) {
    const start = relativeTo(root, path);
    const isDirectory = statSync(path).isDirectory();
    const isLeftOut =
      hasForeignStep(start) || isIgnoredAbove(isDirectory ? `${start}/` : start, layersOf);
    if (isLeftOut && forceExclude) continue;
    if (!isDirectory) {
      const isTaken = forceExclude
        ? isWanted(start, layersOf(parentOf(start)))
        : extensions.some((end) => start.endsWith(end));
      if (isTaken) found.add(start);
      continue;
    }
    // Who names an ignored directory wants to see what is in it: only ignore files from there on count.
    const depth = isLeftOut ? layersOf(parentOf(start)).length : 0;
    const open = [start];
    for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
      const entries = entriesOf(root, directory, notices);
      const names = new Set(entries.map(({ name }) => name));
      const told = layersOf(directory, names).slice(depth);
      for (const entry of entries) {
        const inside = directory === "" ? entry.name : `${directory}/${entry.name}`;
        if (entry.isFile()) {
          if (isWanted(inside, told)) found.add(inside);
        } else if (entry.isDirectory() && !FOREIGN_DIRECTORIES.has(entry.name)) {
          if (!isIgnored(`${inside}/`, told)) open.push(inside);
        }
      }
    }
  }
  return { files: [...found].sort(), notices };
}

function entriesOf(root: string, directory: string, notices: Notice[]) {
  try {
    return readdirSync(join(root, directory), { withFileTypes: true });
  } catch (error) {
    const reason = whyUnreadable(error);
    if (reason)
      notices.push({
        file: directory || ".",
        kind: "unreadable",
        message: `this directory was not searched: ${reason}`,
      });
    return [];
  }
}

/** The nearest layer that has an opinion holds. */
function isIgnored(path: string, layers: readonly Layer[]): boolean {
  return layerSays(path, layers, "ignored") || layerSays(path, layers, "foreign");
}

function layerSays(path: string, layers: readonly Layer[], which: "ignored" | "foreign"): boolean {
  for (let level = layers.length - 1; level >= 0; level--) {
    const layer = layers[level];
    const rules = layer?.[which];
    if (!layer || !rules) continue;
    const inside = layer.directory === "" ? path : path.slice(layer.directory.length + 1);
    if (inside === "" || inside === "/") continue;
    const { ignored, unignored } = rules.test(inside);
    if (ignored) return true;
    if (unignored) return false;
  }
  return false;
}

function hasForeignStep(path: string): boolean {
  return path.split("/").some((step) => FOREIGN_DIRECTORIES.has(step));
}

/** Whether one of the directories that a path goes through, or the path itself, is ignored; a directory ends with `/`. */
function isIgnoredAbove(path: string, layersOf: (directory: string) => readonly Layer[]): boolean {
  for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) {
    const here = path.slice(0, slash + 1);
    if (isIgnored(here, layersOf(parentOf(here.slice(0, -1))))) return true;
  }
  return !path.endsWith("/") && isIgnored(path, layersOf(parentOf(path)));
}

function layerIn(
  root: string,
  directory: string,
  names: ReadonlySet<string> | undefined,
): Layer | undefined {
  const read = (name: string) =>
    names && !names.has(name) ? undefined : textOf(join(root, directory, name));
  const ignored = read(".gitignore");
  const attributes = read(".gitattributes");
  const foreign = attributes === undefined ? [] : foreignPatterns(attributes);
  if (ignored === undefined && foreign.length === 0) return undefined;
  return {
    directory,
    ignored: ignored === undefined ? undefined : ignore().add(ignored),
    foreign: foreign.length === 0 ? undefined : ignore().add(foreign),
  };
}

function excludeLayer(root: string): Layer {
  const text = textOf(join(root, ".git", "info", "exclude"));
  return {
    directory: "",
    ignored: text === undefined ? undefined : ignore().add(text),
    foreign: undefined,
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

/** Relative to the root with `/`; the directories on the way are freed of symbolic links, the last step is not. */
function relativeTo(root: string, path: string): string {
  const inside = relative(root, path);
  if (inside === "") return "";
  const parent = realpathSync(join(root, parentOf(inside)));
  const last = inside.split(sep).at(-1) ?? "";
  return relative(root, join(parent, last)).split(sep).join("/");
}
