import type { Unit, Workspace } from "../../language.ts";
import { findModule, type GoModule } from "../go-module.ts";
import { type GoPackage, goFilesIn } from "../package.ts";
import { importPathOf, isSkipped } from "../packages.ts";
import { openPackages } from "../resolver.ts";
import type { GoResolver } from "../type.ts";
import { skeletonOf } from "./skeleton.ts";

/** More directories than any module has: a bound for strangers' trees. */
const MOST_DIRECTORIES = 20_000;

/** All packages of a module, read from declarations alone. */
export interface ProjectPackages {
  readonly module: GoModule | undefined;
  readonly packages: readonly GoPackage[];
  readonly resolver: GoResolver;
  /** Go files of modules inside this one's directory, which may import it. */
  readonly foreigners: readonly string[];
  /** It builds a program that is deployed, and isn't meant to be imported. */
  readonly isApplication: boolean;
}

const known = new WeakMap<Workspace, Map<string, ProjectPackages>>();

/** The module of a unit, or its package alone where no go.mod says; once a workspace. */
export function projectPackages(unit: Unit, workspace: Workspace): ProjectPackages {
  let projects = known.get(workspace);
  if (!projects) {
    projects = new Map();
    known.set(workspace, projects);
  }
  const module = findModule(unit.directory, workspace.snapshot);
  const key = module ? `module ${module.directory}` : `package ${unit.directory}`;
  let project = projects.get(key);
  if (!project) {
    project = open(unit, module, workspace);
    projects.set(key, project);
  }
  return project;
}

function open(unit: Unit, module: GoModule | undefined, workspace: Workspace): ProjectPackages {
  const { snapshot } = workspace;
  const trees = new Map<string, ReturnType<Workspace["parse"]>>();
  const outlines: Workspace = {
    snapshot,
    generation: 0,
    parsed: (path) => workspace.parsed(path),
    parseText: (path, text) => workspace.parseText(path, text),
    parse(path) {
      if (trees.has(path)) return trees.get(path);
      const tree = workspace.parsed(path) ?? declarationsOf(path);
      trees.set(path, tree);
      return tree;
    },
  };
  function declarationsOf(path: string) {
    const text = snapshot.read(path);
    return text === undefined ? undefined : workspace.parseText(path, skeletonOf(text));
  }
  const directory = module?.directory ?? unit.directory;
  const files = module ? [] : unit.files;
  const opened = openPackages({ language: "go", directory, files }, outlines);
  const packages: GoPackage[] = [];
  const found = module ? directoriesOf(module, workspace) : { own: [], foreign: [] };
  for (const each of found.own) {
    const path = importPathOf(each, module);
    const of = each === directory ? opened.own : opened.packages.byImportPath(path);
    if (of && of.files.length > 0) packages.push(of);
  }
  if (!module) packages.push(opened.own);
  return {
    module,
    packages,
    resolver: opened.resolver,
    foreigners: found.foreign.flatMap((each) => goFilesIn(each, snapshot)),
    isApplication: isApplication(directory, module, opened.own, snapshot.list(directory)),
  };
}

interface Directories {
  readonly own: readonly string[];
  /** Of modules inside. */
  readonly foreign: readonly string[];
}

/** The directories of a module that hold Go files. */
function directoriesOf(module: GoModule, { snapshot }: Workspace): Directories {
  const own: string[] = [];
  const foreign: string[] = [];
  const open = [{ at: module.directory, isOwn: true }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at } = next;
    const names = snapshot.list(at);
    const isOwn = next.isOwn && (at === module.directory || !names.includes("go.mod"));
    if (goFilesIn(at, snapshot).length > 0) (isOwn ? own : foreign).push(at);
    if (open.length + own.length + foreign.length > MOST_DIRECTORIES) break;
    for (const name of names) {
      if (!name.endsWith("/") || name === "node_modules/") continue;
      const inner = `${at === "" ? "" : `${at}/`}${name.slice(0, -1)}`;
      if (!isSkipped(inner)) open.push({ at: inner, isOwn });
    }
  }
  return { own: own.sort(), foreign: foreign.sort() };
}

/** Who has an image to run is an application, but for packages at the root or names that tell of something to import. */
function isApplication(
  directory: string,
  module: GoModule | undefined,
  root: GoPackage,
  names: readonly string[],
): boolean {
  const atRoot = root.files.filter((file) => file.directory === directory && !file.isTest);
  if (atRoot.some(({ packageName }) => packageName === "main")) return true;
  return names.includes("Dockerfile") && atRoot.length === 0 && !isNamedForImport(module);
}

/** `example.org/queue-go`, `example.org/client-go/v2`, `example.org/driver`. */
function isNamedForImport(module: GoModule | undefined): boolean {
  const name =
    module?.path
      .replace(/\/v\d+$/, "")
      .split("/")
      .at(-1) ?? "";
  return /^go-|[-.]go$|(?:^|[-_])(?:client|driver|sdk|lib)(?:[-_]|$)/.test(name);
}
