import { defineInput } from "../../core/analysis.ts";
import type { Unit, Workspace } from "../language.ts";
import { ModuleResolution, type ResolvedModule } from "./module-resolution.ts";
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
}

export const typescriptModules = defineInput<TypeScriptModules>("typescript modules");

const resolutions = new WeakMap<Workspace, ModuleResolution>();

export function openModules(unit: Unit, workspace: Workspace): TypeScriptModules {
  const modules = new Map<string, TypeScriptModule | undefined>();
  const judged = new Set(unit.files);
  const resolution = resolutionOf(workspace);
  return {
    judged: unit.files,
    text: (path) => workspace.snapshot.read(path),
    module(path) {
      if (modules.has(path)) return modules.get(path);
      const tree = workspace.parse(path);
      const module = tree && { path, tree, isJudged: judged.has(path) };
      modules.set(path, module);
      return module;
    },
    isLibrary: (path) => resolution.isLibrary(path),
    resolve: (from, specifier) => resolution.resolve(from.path, specifier),
  };
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
