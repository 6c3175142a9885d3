import { invariant } from "../../core/invariant.ts";
import type { Unit, Workspace } from "../language.ts";
import { type FileOutline, outlineOf } from "./file-outline.ts";
import { type DeclarationTypes, GoFile } from "./go-file.ts";
import { findModule, type GoModule, workspaceModules } from "./go-module.ts";
import { createPackage, type GoPackage, goFilesIn } from "./package.ts";

/** The packages of a module and its workspace, loaded when asked for. */
export interface GoPackages {
  /** The package of an import path, as far as its source is in the snapshot. */
  byImportPath(path: string): GoPackage | undefined;
  /** The file of a loaded package. */
  file(path: string): GoFile | undefined;
  /** The package that holds a loaded file. */
  packageOf(file: GoFile): GoPackage;
}

/** Outlines live as long as the workspace: many units import the same package. */
const outlines = new WeakMap<Workspace, Map<string, FileOutline>>();
const modules = new WeakMap<Workspace, Map<string, GoModule | undefined>>();

/** Packages that units are opened in, one after the other. */
export interface OpenablePackages extends GoPackages {
  /** The package of a unit, whose files are to be judged. */
  open(unit: Unit): GoPackage;
}

/** The packages that the files of a directory can see. */
export function createPackages(
  home: string,
  workspace: Workspace,
  types: () => DeclarationTypes,
): OpenablePackages {
  const { snapshot } = workspace;
  const judged = new Set<string>();
  const loaded = new Map<string, GoPackage>();
  const files = new Map<string, { readonly file: GoFile; readonly of: GoPackage }>();
  const knownOutlines = memo(outlines, workspace);
  const knownModules = memo(modules, workspace);

  const moduleOf = (directory: string) =>
    remembered(knownModules, directory, () => findModule(directory, snapshot));

  function load(
    directory: string,
    importPath: string,
    module: GoModule | undefined,
    asked: readonly string[] = [],
  ): GoPackage {
    const known = loaded.get(directory);
    if (known && asked.every((path) => known.file(path))) return known;
    const paths = new Set([...goFilesIn(directory, snapshot), ...asked]);
    const members: GoFile[] = [];
    for (const path of [...paths].sort()) {
      const text = snapshot.read(path);
      if (text === undefined) continue;
      members.push(
        new GoFile({
          path,
          text,
          importPath,
          isAsked: () => judged.has(path),
          scan: () => remembered(knownOutlines, path, () => outlineOf(text)),
          parse: () => workspace.parse(path),
          types: types(),
        }),
      );
    }
    const of = createPackage(directory, importPath, module, members);
    loaded.set(directory, of);
    for (const file of members) files.set(file.path, { file, of });
    return of;
  }

  const module = moduleOf(home);
  const joined = workspaceModules(home, snapshot);

  return {
    open({ directory, files: asked }) {
      for (const path of asked) judged.add(path);
      const of = moduleOf(directory);
      return load(directory, importPathOf(directory, of), of, asked);
    },
    byImportPath(path) {
      const directory = path === "unsafe" ? undefined : directoryOf(path, module, joined);
      if (directory === undefined) return undefined;
      const loadedPackage = load(directory, path, moduleOf(directory));
      return loadedPackage.files.length > 0 ? loadedPackage : undefined;
    },
    file: (path) => files.get(path)?.file,
    packageOf: (file) =>
      invariant(files.get(file.path), `${file.path} belongs to a loaded package`).of,
  };
}

/** Directories that the go command leaves out. */
export function isSkipped(directory: string): boolean {
  return directory.split("/").some((part) => /^(vendor|testdata|[._].+)$/.test(part));
}

/** The import path of a directory; `""` where no go.mod names its module. */
export function importPathOf(directory: string, module: GoModule | undefined): string {
  if (!module || module.path === "") return "";
  if (directory === module.directory) return module.path;
  if (module.path === STANDARD) return insideOf(directory, module);
  return `${module.path}/${insideOf(directory, module)}`;
}

/** The module of Go's own tree, whose import paths do not begin with its name. */
export const STANDARD = "std";

function insideOf(directory: string, module: GoModule): string {
  return module.directory === "" ? directory : directory.slice(module.directory.length + 1);
}

/** Where the package of an import path would be; undefined where it belongs to no module that is here. */
export function directoryOf(
  importPath: string,
  module: GoModule | undefined,
  joined: ReadonlyMap<string, string>,
): string | undefined {
  if (module?.path === STANDARD) {
    const parent = importPath.includes(".") ? [module.directory, "vendor"] : [module.directory];
    return [...parent, importPath].filter((part) => part !== "").join("/");
  }
  let best: string | undefined;
  let bestLength = -1;
  const consider = (prefix: string, directory: string) => {
    const isInside = importPath === prefix || importPath.startsWith(`${prefix}/`);
    if (prefix === "" || !isInside || prefix.length <= bestLength) return;
    bestLength = prefix.length;
    const rest = importPath.slice(prefix.length + 1);
    best = [directory, rest].filter((part) => part !== "").join("/");
  };
  if (module) consider(module.path, module.directory);
  for (const [prefix, directory] of joined) consider(prefix, directory);
  for (const [prefix, directory] of module?.replacements ?? []) consider(prefix, directory);
  return best;
}

function memo<V>(store: WeakMap<Workspace, Map<string, V>>, workspace: Workspace): Map<string, V> {
  const known = store.get(workspace) ?? new Map<string, V>();
  store.set(workspace, known);
  return known;
}

function remembered<V>(known: Map<string, V>, key: string, compute: () => V): V {
  if (known.has(key)) return known.get(key) as V;
  const value = compute();
  known.set(key, value);
  return value;
}
