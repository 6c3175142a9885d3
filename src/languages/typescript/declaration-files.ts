import type { FileLookup } from "./file-lookup.ts";
import { propertyOf } from "./json-with-comments.ts";
import { externalModuleName } from "./node-builtins.ts";
import { directoriesUp, inDirectory, joinPath } from "./paths.ts";
import type { ProjectConfig } from "./project-config.ts";

/**
 * Finds the declaration files (`.d.ts`) of packages in node_modules, as TypeScript would: `exports`, `typesVersions` and `types` of
 * the package, then its `@types`. Asks listings alone, so that a snapshot without node_modules is asked for nothing.
 */
export class DeclarationFiles {
  readonly #lookup: FileLookup;
  readonly #config: ProjectConfig;

  constructor(lookup: FileLookup, config: ProjectConfig) {
    this.#lookup = lookup;
    this.#config = config;
  }

  /** The file that declares what a specifier names in files of a directory; undefined where no package is installed. */
  find(directory: string, specifier: string): string | undefined {
    const name = externalModuleName(specifier);
    const { owner, subpath } = name.startsWith("node:")
      ? { owner: "@types/node", subpath: name.slice("node:".length) }
      : splitSpecifier(specifier);
    for (const modules of this.#places(directory)) {
      for (const candidate of [owner, typesPackage(owner)]) {
        const found = this.#inPackage(modules, candidate, subpath);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  /** A relative import inside of a package: `./client.js` stands for `./client.d.ts`. */
  beside(directory: string, relative: string): string | undefined {
    const path = joinPath(directory, relative);
    return path === undefined ? undefined : this.#first(candidatesOf(path));
  }

  /** The node_modules that files of a directory see, nearest first; last where pnpm puts all that packages share. */
  #places(directory: string): string[] {
    const found: string[] = [];
    for (const at of directoriesUp(directory)) {
      if (!this.#lookup.names(at).has("node_modules/")) continue;
      const modules = inDirectory(at, "node_modules");
      found.push(modules);
      if (this.#lookup.names(modules).has(".pnpm/")) found.push(`${modules}/.pnpm/node_modules`);
    }
    return found;
  }

  #inPackage(modules: string, name: string, subpath: string): string | undefined {
    const slash = name.indexOf("/");
    const scope = slash === -1 ? modules : `${modules}/${name.slice(0, slash)}`;
    if (slash !== -1 && !this.#lookup.names(modules).has(`${name.slice(0, slash)}/`))
      return undefined;
    if (!this.#lookup.names(scope).has(`${name.slice(slash + 1)}/`)) return undefined;
    const directory = `${modules}/${name}`;
    const manifest = this.#config.packageIn(directory)?.json;
    const exported = propertyOf(manifest, "exports");
    const key = subpath === "" ? "." : `./${subpath}`;
    return (
      this.#firstTarget(directory, exportTargets(exported, key)) ??
      this.#firstTarget(directory, versionTargets(manifest, subpath)) ??
      (subpath === ""
        ? this.#entry(directory, manifest)
        : this.#first(candidatesOf(`${directory}/${subpath}`)))
    );
  }

  #entry(directory: string, manifest: unknown): string | undefined {
    const named = ["types", "typings", "main"].map((field) => propertyOf(manifest, field));
    return this.#firstTarget(directory, [...named, "index.d.ts"]);
  }

  #firstTarget(directory: string, targets: readonly unknown[]): string | undefined {
    for (const target of targets) {
      if (typeof target !== "string") continue;
      const path = joinPath(directory, target);
      const found = path === undefined ? undefined : this.#first(candidatesOf(path));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #first(candidates: readonly string[]): string | undefined {
    return candidates.find((path) => this.#lookup.isListed(path));
  }
}

function splitSpecifier(specifier: string): { owner: string; subpath: string } {
  const parts = specifier.split("/");
  const length = specifier.startsWith("@") ? 2 : 1;
  return { owner: parts.slice(0, length).join("/"), subpath: parts.slice(length).join("/") };
}

/** `@scope/name` has its types in `@types/scope__name`. */
function typesPackage(name: string): string {
  return `@types/${name.replace(/^@/, "").replace("/", "__")}`;
}

/** The declarations that a path in a manifest or an import may mean. */
function candidatesOf(path: string): readonly string[] {
  if (/\.d\.[mc]?ts$/.test(path)) return [path];
  const script = /\.([mc]?)[jt]sx?$/.exec(path);
  if (script) {
    const stem = path.slice(0, script.index);
    return [`${stem}.d.${script[1] ?? ""}ts`, `${stem}.d.ts`];
  }
  return [`${path}.d.ts`, `${path}.d.mts`, `${path}.d.cts`, `${path}/index.d.ts`];
}

/** The targets that `exports` has for a key, those of its patterns (`./*`) too. */
function exportTargets(exported: unknown, key: string): string[] {
  if (typeof exported === "string") return key === "." ? [exported] : [];
  const own = propertyOf(exported, key);
  if (own !== undefined) return stringsIn(own);
  if (typeof exported !== "object" || exported === null) return [];
  const keys = Object.keys(exported);
  if (key === "." && !keys.some((name) => name.startsWith("."))) return stringsIn(exported);
  for (const pattern of keys) {
    const star = pattern.indexOf("*");
    if (star === -1 || !key.startsWith(pattern.slice(0, star))) continue;
    const tail = pattern.slice(star + 1);
    if (!key.endsWith(tail)) continue;
    const middle = key.slice(star, key.length - tail.length);
    return stringsIn(propertyOf(exported, pattern)).map((target) => target.replaceAll("*", middle));
  }
  return [];
}

/** `"typesVersions": { "*": { "*": ["dist/*"] } }`: of all versions, the last that is written. */
function versionTargets(manifest: unknown, subpath: string): string[] {
  const versions = propertyOf(manifest, "typesVersions");
  if (typeof versions !== "object" || versions === null || subpath === "") return [];
  for (const map of Object.values(versions).reverse()) {
    const own = propertyOf(map, subpath);
    if (own !== undefined) return stringsIn(own);
    const any = propertyOf(map, "*");
    if (any !== undefined) return stringsIn(any).map((target) => target.replace("*", subpath));
  }
  return [];
}

/** All strings of a conditional entry in order, what is said of `types` first; bounded, since manifests are strangers' files. */
function stringsIn(entry: unknown): string[] {
  const found: string[] = [];
  const open: unknown[] = [entry];
  for (let steps = 0; open.length > 0 && steps < 200; steps++) {
    const value = open.shift();
    if (typeof value === "string") found.push(value);
    else if (typeof value === "object" && value !== null) {
      const types = propertyOf(value, "types");
      open.unshift(...(types === undefined ? [] : [types]), ...Object.values(value));
    }
  }
  return found;
}
