import type { Ignore } from "ignore";
import ignoreModule from "ignore";

const ignore = ignoreModule as unknown as () => Ignore;

/** Directories of other people's code, and of data; none of these names is entered. */
export const FOREIGN_DIRECTORIES: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "bower_components",
  "vendor",
  "testdata",
  "__fixtures__",
  "__testfixtures__",
]);
/** Built by tools of JavaScript; Go has packages of this name. */
const BUILT = /(^|\/)(dist|\.next|\.nuxt|\.output|\.svelte-kit|\.yarn)\/.*(?<!\.go)$/;
const MINIFIED = /[.-]min\.[cm]?js$/;

/** Whether a path leads through a directory of other people's code, or of data. */
export function isInForeignDirectory(path: string): boolean {
  return path.split("/").some((step) => FOREIGN_DIRECTORIES.has(step));
}

/** Whether the path alone says that a tool made the file. */
export function isBuilt(file: string): boolean {
  return BUILT.test(file) || MINIFIED.test(file);
}

/** The patterns that a `.gitattributes` marks as generated or vendored, as lines of an ignore file. */
export function foreignPatterns(attributes: string): string[] {
  return attributes.split(/\r?\n/).flatMap((line) => {
    const [pattern, ...marks] = line.trim().split(/\s+/);
    if (!pattern || pattern.startsWith("#") || pattern.startsWith('"')) return [];
    const set = marks.some((mark) => /^linguist-(generated|vendored)(=true|=1)?$/.test(mark));
    const unset = marks.some((mark) =>
      /^(-linguist-(generated|vendored)|linguist-(generated|vendored)=(false|0))$/.test(mark),
    );
    return set ? [pattern] : unset ? [`!${pattern}`] : [];
  });
}

/**
 * Tells the files of a snapshot that are not its authors' own: other people's code, data, built, minified, or marked
 * `linguist-generated` or `linguist-vendored` by a `.gitattributes` on any level, of which the nearest that speaks holds.
 */
export function createForeignFiles(
  read: (path: string) => string | undefined,
): (file: string) => boolean {
  const marks = new Map<string, Ignore | undefined>();
  const marksOf = (directory: string): Ignore | undefined => {
    if (!marks.has(directory)) {
      const text = read(directory === "" ? ".gitattributes" : `${directory}/.gitattributes`);
      const patterns = text === undefined ? [] : foreignPatterns(text);
      marks.set(directory, patterns.length === 0 ? undefined : ignore().add(patterns));
    }
    return marks.get(directory);
  };
  const isMarked = (file: string): boolean => {
    for (let slash = file.lastIndexOf("/"); ; slash = file.lastIndexOf("/", slash - 1)) {
      const directory = slash <= 0 ? "" : file.slice(0, slash);
      const inside = directory === "" ? file : file.slice(directory.length + 1);
      const said = marksOf(directory)?.test(inside);
      if (said?.ignored) return true;
      if (said?.unignored || directory === "") return false;
    }
  };
  return (file) => isInForeignDirectory(file) || isBuilt(file) || isMarked(file);
}
