import type { Snapshot } from "../../core/snapshot.ts";
import { DeclarationFiles } from "./declaration-files.ts";
import { FileLookup } from "./file-lookup.ts";
import { propertyOf } from "./json-with-comments.ts";
import { externalModuleName } from "./node-builtins.ts";
import { directoryOf, inDirectory, joinPath } from "./paths.ts";
import { type CompilerPaths, type PackageManifest, ProjectConfig } from "./project-config.ts";
import { sourceCandidates } from "./source-candidates.ts";
import { workspacePackages, workspaceRoot } from "./workspace-packages.ts";

/** Where an import leads: a file of the snapshot, or a module that is not in it. */
export type ResolvedModule =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "external"; readonly name: string };

const resolutions = new WeakMap<Snapshot, ModuleResolution>();

/** One for a whole run: what is in a directory is the same for every unit. */
export function resolutionOf(snapshot: Snapshot): ModuleResolution {
  let resolution = resolutions.get(snapshot);
  if (!resolution) {
    resolution = new ModuleResolution(snapshot);
    resolutions.set(snapshot, resolution);
  }
  return resolution;
}

const NO_PACKAGES: ReadonlyMap<string, PackageManifest> = new Map();

/**
 * Follows import specifiers as TypeScript's bundler resolution would, as far as the snapshot reaches: relative paths,
 * `paths` and `baseUrl`, the package's own name and `#imports`, packages of the workspace by their sources. What
 * is in node_modules stays external: of it only the declarations are looked for.
 */
export class ModuleResolution {
  readonly #lookup: FileLookup;
  readonly #config: ProjectConfig;
  readonly #declarations: DeclarationFiles;
  readonly #declared = new Map<string, string | undefined>();
  readonly #resolved = new Map<string, ResolvedModule>();
  readonly #workspaces = new Map<string, ReadonlyMap<string, PackageManifest>>();
  readonly #roots = new Map<string, ReadonlyMap<string, PackageManifest>>();

  constructor(snapshot: Snapshot) {
    this.#lookup = new FileLookup(snapshot);
    this.#config = new ProjectConfig(this.#lookup);
    this.#declarations = new DeclarationFiles(this.#lookup, this.#config);
  }

  resolve(from: string, specifier: string): ResolvedModule {
    const directory = directoryOf(from);
    const key = `${directory}\0${specifier}`;
    let resolved = this.#resolved.get(key);
    if (!resolved) {
      const path = this.#path(directory, specifier);
      resolved =
        path === undefined
          ? { kind: "external", name: externalModuleName(specifier) }
          : { kind: "file", path };
      this.#resolved.set(key, resolved);
    }
    return resolved;
  }

  /** The declaration file of a module that is not in the snapshot by its sources; undefined where none is installed. */
  declarationsOf(from: string, specifier: string): string | undefined {
    const directory = directoryOf(from);
    const key = `${directory}\0${specifier}`;
    if (!this.#declared.has(key))
      this.#declared.set(key, this.#declarations.find(directory, specifier));
    return this.#declared.get(key);
  }

  /** Whether the nearest package.json has a name and doesn't say `private`. */
  isLibrary(path: string): boolean {
    const manifest = this.#config.packageOf(directoryOf(path));
    return manifest?.name !== undefined && propertyOf(manifest.json, "private") !== true;
  }

  /** The directory of the nearest package.json; `""` where there is none. */
  packageDirectory(path: string): string {
    return this.#config.packageOf(directoryOf(path))?.directory ?? "";
  }

  /** The sources that a file's package opens to others; undefined where it opens all of them (`"./*"`), or they aren't found. */
  entriesOf(path: string): readonly string[] | undefined {
    const manifest = this.#config.packageOf(directoryOf(path));
    if (!manifest) return undefined;
    const map = propertyOf(manifest.json, "exports");
    const keys = hasSubpaths(map) ? Object.keys(map as object) : ["."];
    if (keys.some((key) => key.includes("*"))) return undefined;
    const found = keys.flatMap((key) => this.#exported(manifest, map, key) ?? []);
    const main = this.#entry(manifest);
    const entries = [...found, ...(main === undefined ? [] : [main])];
    return entries.length === 0 ? undefined : entries;
  }

  #path(directory: string, specifier: string): string | undefined {
    const isRelative = specifier.startsWith(".");
    if (/(?:^|\/)node_modules\//.test(`${directory}/`))
      return isRelative ? this.#declarations.beside(directory, specifier) : undefined;
    return isRelative ? this.#relative(directory, specifier) : this.#bare(directory, specifier);
  }

  #relative(directory: string, specifier: string): string | undefined {
    const base = joinPath(directory, specifier);
    return base === undefined ? undefined : this.#firstOf(sourceCandidates(base), true);
  }

  #bare(directory: string, specifier: string): string | undefined {
    if (specifier.startsWith("node:")) return undefined;
    const paths = this.#config.compilerPaths(directory);
    return (
      (paths && this.#mapped(paths, specifier)) ??
      this.#inWorkspace(directory, specifier) ??
      (paths?.baseUrl === undefined
        ? undefined
        : this.#firstOf(sourceCandidates(inDirectory(paths.baseUrl, specifier)), false))
    );
  }

  /** `paths`: the pattern with the longest fixed beginning wins. */
  #mapped({ paths, pathsBase }: CompilerPaths, specifier: string): string | undefined {
    let best:
      | { readonly length: number; readonly star: string; readonly pattern: string }
      | undefined;
    for (const pattern of paths.keys()) {
      const star = pattern.indexOf("*");
      if (star === -1 ? pattern !== specifier : !matchesStar(pattern, star, specifier)) continue;
      const length = star === -1 ? Number.POSITIVE_INFINITY : star;
      if (best && best.length >= length) continue;
      const tail = pattern.length - star - 1;
      best = {
        length,
        star: star === -1 ? "" : specifier.slice(star, specifier.length - tail),
        pattern,
      };
    }
    if (!best) return undefined;
    for (const target of paths.get(best.pattern) ?? []) {
      const base = joinPath(pathsBase, target.replace("*", best.star));
      const found = base === undefined ? undefined : this.#firstOf(sourceCandidates(base), false);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #inWorkspace(directory: string, specifier: string): string | undefined {
    const own = this.#config.packageOf(directory);
    if (specifier.startsWith("#"))
      return own && this.#exported(own, propertyOf(own.json, "imports"), specifier);
    const parts = specifier.split("/");
    const length = specifier.startsWith("@") ? 2 : 1;
    const name = parts.slice(0, length).join("/");
    const target = own?.name === name ? own : this.#packages(own?.directory ?? directory).get(name);
    if (!target) return undefined;
    const subpath = parts.slice(length).join("/");
    return subpath === "" ? this.#entry(target) : this.#subpath(target, subpath);
  }

  /** The packages of the workspace around a directory; all directories of one workspace share them. */
  #packages(directory: string): ReadonlyMap<string, PackageManifest> {
    let packages = this.#workspaces.get(directory);
    if (!packages) {
      const root = workspaceRoot(directory, this.#lookup, this.#config);
      packages = root === undefined ? NO_PACKAGES : this.#packagesOf(root);
      this.#workspaces.set(directory, packages);
    }
    return packages;
  }

  #packagesOf(root: string): ReadonlyMap<string, PackageManifest> {
    let packages = this.#roots.get(root);
    if (!packages) {
      packages = workspacePackages(root, this.#lookup, this.#config);
      this.#roots.set(root, packages);
    }
    return packages;
  }

  /** The sources of a package: src/index first, then what its manifest names. */
  #entry(manifest: PackageManifest): string | undefined {
    const inSource = inDirectory(manifest.directory, "src/index");
    return (
      this.#firstOf(sourceCandidates(inSource), false) ??
      this.#exported(manifest, propertyOf(manifest.json, "exports"), ".") ??
      ["source", "module", "main", "types"]
        .map((field) => this.#target(manifest, propertyOf(manifest.json, field)))
        .find((path) => path !== undefined) ??
      this.#firstOf(sourceCandidates(inDirectory(manifest.directory, "index")), false)
    );
  }

  #subpath(manifest: PackageManifest, subpath: string): string | undefined {
    const exported = this.#exported(manifest, propertyOf(manifest.json, "exports"), `./${subpath}`);
    if (exported !== undefined) return exported;
    return this.#target(manifest, `src/${subpath}`) ?? this.#target(manifest, subpath);
  }

  /** An entry of `exports` or `imports`: any condition whose target has sources here. */
  #exported(manifest: PackageManifest, map: unknown, key: string): string | undefined {
    const entry = propertyOf(map, key) ?? (key === "." && !hasSubpaths(map) ? map : undefined);
    const targets = entry === undefined ? patternTargets(map, key) : targetsOf(entry);
    for (const target of targets) {
      const found = this.#target(manifest, target);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A path in a manifest, which mostly names what a build will write: `dist/x.js` stands for `src/x.ts`, or `lib/x.ts`. */
  #target(manifest: PackageManifest, target: unknown): string | undefined {
    if (typeof target !== "string") return undefined;
    for (const candidate of new Set([...sourcesOf(target), target])) {
      const path = joinPath(manifest.directory, candidate);
      if (path === undefined) continue;
      const isWritten = candidate === target && /\.d\.[mc]?ts$/.test(path);
      const source = path.replace(/\.d\.([mc]?)ts$/, ".$1ts");
      const found = this.#firstOf(isWritten ? [path] : sourceCandidates(source), false);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The first path that is there. `ask`: where no listing knows any, each is asked for and so recorded as missing. */
  #firstOf(candidates: readonly string[], ask: boolean): string | undefined {
    const listed = candidates.find((path) => this.#lookup.isListed(path));
    if (listed !== undefined || !ask) return listed;
    return candidates.find((path) => this.#lookup.has(path));
  }
}

/** Where builds put what they make, and where sources are. */
const BUILT = /^(?:\.\/)?(?:dist|lib|build|out|output|esm|cjs|es|types)\//;
const FORM = /^(?:esm|cjs|es|node|types|commonjs|mjs|umd)\//;
const SOURCE_FOLDERS = ["src/", "lib/", "source/", ""];

/** What a built file may be made from: `dist/node/x.js` from `src/node/x`, or from `src/x` where `node` is a form of the output. */
function sourcesOf(target: string): string[] {
  const built = BUILT.exec(target)?.[0];
  if (built === undefined) return [];
  const inside = target.slice(built.length);
  return SOURCE_FOLDERS.flatMap((folder) => [folder + inside, folder + inside.replace(FORM, "")]);
}

function matchesStar(pattern: string, star: number, specifier: string): boolean {
  return (
    specifier.length >= pattern.length - 1 &&
    specifier.startsWith(pattern.slice(0, star)) &&
    specifier.endsWith(pattern.slice(star + 1))
  );
}

function hasSubpaths(map: unknown): boolean {
  return (
    typeof map === "object" && map !== null && Object.keys(map).some((key) => key.startsWith("."))
  );
}

/** The targets of a pattern (`"#types/*"`) that a key matches, the star filled in. */
function patternTargets(map: unknown, key: string): string[] {
  if (typeof map !== "object" || map === null) return [];
  for (const [pattern, entry] of Object.entries(map)) {
    const star = pattern.indexOf("*");
    if (star === -1 || !matchesStar(pattern, star, key)) continue;
    const filling = key.slice(star, key.length - (pattern.length - star - 1));
    return targetsOf(entry).map((target) => target.replaceAll("*", filling));
  }
  return [];
}

/** All strings in a conditional export, in order; bounded, since manifests are strangers' files. */
function targetsOf(entry: unknown): string[] {
  const found: string[] = [];
  const open: unknown[] = [entry];
  for (let steps = 0; open.length > 0 && steps < 200; steps++) {
    const value = open.shift();
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null) open.unshift(...Object.values(value));
  }
  return found;
}
