import type { FileLookup } from "./file-lookup.ts";
import { parseJsonWithComments, propertyOf } from "./json-with-comments.ts";
import { directoriesUp, directoryOf, inDirectory, joinPath } from "./paths.ts";

/** What a tsconfig says about resolution; `paths` targets are relative to `pathsBase`. */
export interface CompilerPaths {
  readonly baseUrl: string | undefined;
  readonly paths: ReadonlyMap<string, readonly string[]>;
  readonly pathsBase: string;
}

export interface PackageManifest {
  readonly directory: string;
  readonly name: string | undefined;
  /** The parsed file, for fields that few ask about. */
  readonly json: unknown;
}

const MOST_EXTENDS = 8;

/** Reads tsconfig.json and package.json files, each once. What cannot be parsed counts as empty. */
export class ProjectConfig {
  readonly #lookup: FileLookup;
  readonly #json = new Map<string, unknown>();
  readonly #paths = new Map<string, CompilerPaths | undefined>();
  readonly #packages = new Map<string, PackageManifest | undefined>();

  constructor(lookup: FileLookup) {
    this.#lookup = lookup;
  }

  /** The resolution options of the nearest tsconfig.json (or jsconfig.json) of a directory. */
  compilerPaths(directory: string): CompilerPaths | undefined {
    return this.#nearest(directory, this.#paths, (at) => {
      const file = ["tsconfig.json", "jsconfig.json"]
        .map((name) => inDirectory(at, name))
        .find((path) => this.#lookup.isListed(path));
      return file === undefined ? undefined : this.#readCompilerPaths(file, MOST_EXTENDS);
    });
  }

  /** The nearest package.json of a directory. */
  packageOf(directory: string): PackageManifest | undefined {
    return this.#nearest(directory, this.#packages, (at) => this.packageIn(at));
  }

  /** The package.json in exactly that directory. */
  packageIn(directory: string): PackageManifest | undefined {
    const path = inDirectory(directory, "package.json");
    if (!this.#lookup.isListed(path)) return undefined;
    const json = this.json(path);
    const name = propertyOf(json, "name");
    return { directory, name: typeof name === "string" ? name : undefined, json };
  }

  /** A parsed JSON file; undefined where it is absent or broken. */
  json(path: string): unknown {
    if (this.#json.has(path)) return this.#json.get(path);
    const text = this.#lookup.text(path);
    const json = text === undefined ? undefined : parseJsonWithComments(text);
    this.#json.set(path, json);
    return json;
  }

  #nearest<T>(
    start: string,
    known: Map<string, T | undefined>,
    find: (directory: string) => T | undefined,
  ): T | undefined {
    const passed: string[] = [];
    let found: T | undefined;
    for (const directory of directoriesUp(start)) {
      if (known.has(directory)) {
        found = known.get(directory);
        break;
      }
      passed.push(directory);
      found = find(directory);
      if (found !== undefined) break;
    }
    for (const directory of passed) known.set(directory, found);
    return found;
  }

  #readCompilerPaths(file: string, depth: number): CompilerPaths {
    const json = this.json(file);
    const directory = directoryOf(file);
    const options = propertyOf(json, "compilerOptions");
    const inherited = this.#extended(json, directory, depth);
    const ownBase = propertyOf(options, "baseUrl");
    const baseUrl = typeof ownBase === "string" ? joinPath(directory, ownBase) : inherited?.baseUrl;
    const ownPaths = propertyOf(options, "paths");
    if (typeof ownPaths !== "object" || ownPaths === null)
      return {
        paths: inherited?.paths ?? new Map(),
        pathsBase: inherited?.pathsBase ?? "",
        baseUrl,
      };
    return { paths: readPaths(ownPaths), pathsBase: baseUrl ?? directory, baseUrl };
  }

  /** The options that the last readable `extends` hands down; packages that are extended are not looked at. */
  #extended(json: unknown, directory: string, depth: number): CompilerPaths | undefined {
    if (depth === 0) return undefined;
    let inherited: CompilerPaths | undefined;
    for (const parent of [propertyOf(json, "extends")].flat()) {
      if (typeof parent !== "string" || !parent.startsWith(".")) continue;
      const path = joinPath(directory, parent.endsWith(".json") ? parent : `${parent}.json`);
      if (path === undefined || !this.#lookup.has(path)) continue;
      inherited = this.#readCompilerPaths(path, depth - 1);
    }
    return inherited;
  }
}

function readPaths(value: object): Map<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>();
  for (const [pattern, targets] of Object.entries(value)) {
    if (!Array.isArray(targets)) continue;
    paths.set(
      pattern,
      targets.filter((target): target is string => typeof target === "string"),
    );
  }
  return paths;
}
