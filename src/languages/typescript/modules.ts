import { defineInput } from "../../core/analysis.ts";
import type { Unit, Workspace } from "../language.ts";
import { libraryOf } from "./library.ts";
import { ModuleResolution, type ResolvedModule } from "./module-resolution.ts";
import { type ModuleScope, scopeOfModule } from "./module-scope.ts";
import { directoryOf } from "./paths.ts";
import type { TypeScriptModule } from "./resolver.ts";

/** The modules of a unit and those that they import, each opened when first asked for. */
export interface TypeScriptModules {
  /** Paths of the files to judge, sorted. */
  readonly judged: readonly string[];
  /** The text of a file without parsing it. */
  text(path: string): string | undefined;
  /** undefined where there is no such file or it cannot be parsed. */
  module(path: string): TypeScriptModule | undefined;
  /** Whether the package of a file is one that others install: it has a name and isn't private. */
  isLibrary(path: string): boolean;
  /** Where an import specifier written in a module leads. */
  resolve(from: TypeScriptModule, specifier: string): ResolvedModule;
  /** What declares a module that is external: of an installed package its declaration file, else what we know ourselves. */
  declarations(from: TypeScriptModule, specifier: string): ModuleScope | undefined;
  /** Our own declarations of what is global. */
  globals(): TypeScriptModule | undefined;
}

export const typescriptModules = defineInput<TypeScriptModules>("typescript modules");

const resolutions = new WeakMap<Workspace, ModuleResolution>();

export function openModules(unit: Unit, workspace: Workspace): TypeScriptModules {
  const modules = new Map<string, TypeScriptModule | undefined>();
  const judged = new Set(unit.files);
  const resolution = resolutionOf(workspace);
  const budget = budgetOf(workspace);
  const declared = new Map<string, ModuleScope | undefined>();

  function open(path: string): TypeScriptModule | undefined {
    const known = modules.get(path);
    if (known || modules.has(path)) return known;
    const tree = mayRead(path, workspace, budget) ? workspace.parse(path) : undefined;
    const module = tree && { path, tree, isJudged: judged.has(path) };
    modules.set(path, module);
    return module;
  }

  function declarations(from: TypeScriptModule, specifier: string): ModuleScope | undefined {
    const path = resolution.declarationsOf(from.path, specifier);
    const module = path === undefined ? libraryOf(workspace) : open(path);
    return module && scopeOfModule(module, specifier, path === undefined);
  }

  return {
    judged: unit.files,
    text: (path) => workspace.snapshot.read(path),
    module: open,
    isLibrary: (path) => resolution.isLibrary(path),
    resolve: (from, specifier) => resolution.resolve(from.path, specifier),
    declarations(from, specifier) {
      const key = `${directoryOf(from.path)}\0${specifier}`;
      if (!declared.has(key)) declared.set(key, declarations(from, specifier));
      return declared.get(key);
    },
    globals: () => libraryOf(workspace),
  };
}

/** What a run may still read of declaration files in node_modules: enough for what a project uses, not for all that it installs. */
interface Budget {
  files: number;
  characters: number;
}

const MOST_DECLARATION_FILES = 1_500;
const MOST_CHARACTERS = 24_000_000;
const LARGEST_DECLARATION_FILE = 1_500_000;

const budgets = new WeakMap<Workspace, Budget>();

function budgetOf(workspace: Workspace): Budget {
  let budget = budgets.get(workspace);
  if (!budget) {
    budget = { files: MOST_DECLARATION_FILES, characters: MOST_CHARACTERS };
    budgets.set(workspace, budget);
  }
  return budget;
}

function mayRead(path: string, { snapshot }: Workspace, budget: Budget): boolean {
  if (!path.includes("node_modules/")) return true;
  const size = snapshot.read(path)?.length ?? 0;
  if (size > LARGEST_DECLARATION_FILE || budget.files === 0 || size > budget.characters)
    return false;
  budget.files--;
  budget.characters -= size;
  return true;
}

/** One for a whole run: what is in a directory is the same for every unit. */
export function resolutionOf(workspace: Workspace): ModuleResolution {
  let resolution = resolutions.get(workspace);
  if (!resolution) {
    resolution = new ModuleResolution(workspace);
    resolutions.set(workspace, resolution);
  }
  return resolution;
}
