import { defineInput } from "../../core/analysis.ts";
import type { Reads, Unit, Workspace } from "../language.ts";
import { budgetOf, mayRead } from "./declaration-budget.ts";
import { libraryOf } from "./library.ts";
import { createReads } from "./module-reads.ts";
import { type ResolvedModule, resolutionOf } from "./module-resolution.ts";
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
  /** What was asked so far about other files than those to judge; undefined where not all of it was answered. */
  reads(): Reads | undefined;
}

export const typescriptModules = defineInput<TypeScriptModules>("typescript modules");

export function openModules(unit: Unit, workspace: Workspace): TypeScriptModules {
  const modules = new Map<string, TypeScriptModule | undefined>();
  const judged = new Set(unit.files);
  const reads = createReads(resolutionOf(workspace.snapshot));
  const budget = budgetOf(workspace);
  const declared = new Map<string, ModuleScope | undefined>();

  function open(path: string): TypeScriptModule | undefined {
    const known = modules.get(path);
    if (known || modules.has(path)) return known;
    const may = mayRead(path, workspace, budget);
    if (!judged.has(path)) reads.file(path, may);
    const tree = may === "yes" ? workspace.parse(path) : undefined;
    const module = tree && { path, tree, isJudged: judged.has(path) };
    modules.set(path, module);
    return module;
  }

  function declarations(from: TypeScriptModule, specifier: string): ModuleScope | undefined {
    const path = reads.declarationsOf(from.path, specifier);
    const module = path === undefined ? libraryOf(workspace) : open(path);
    return module && scopeOfModule(module, specifier, path === undefined);
  }

  return {
    judged: unit.files,
    text(path) {
      if (!judged.has(path)) reads.file(path, "yes");
      return workspace.snapshot.read(path);
    },
    module: open,
    isLibrary: (path) => reads.isLibrary(path),
    resolve: (from, specifier) => reads.resolve(from.path, specifier),
    declarations(from, specifier) {
      const key = `${directoryOf(from.path)}\0${specifier}`;
      if (!declared.has(key)) declared.set(key, declarations(from, specifier));
      return declared.get(key);
    },
    globals: () => libraryOf(workspace),
    reads: () => reads.all(),
  };
}
