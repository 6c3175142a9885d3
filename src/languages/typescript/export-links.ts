import type { NodeId } from "../../syntax/tree.ts";
import type { Binding } from "./binding.ts";
import { type ExportTarget, exportsOf } from "./module-exports.ts";
import type { TypeScriptModules } from "./modules.ts";
import type { TypeScriptModule } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";

/** What an exported name means, after all re-exports. */
export type Exported =
  | {
      readonly kind: "binding";
      readonly module: TypeScriptModule;
      readonly value: Binding | undefined;
      readonly type: Binding | undefined;
    }
  | { readonly kind: "expression"; readonly module: TypeScriptModule; readonly node: NodeId }
  | { readonly kind: "namespace"; readonly module: TypeScriptModule }
  | { readonly kind: "external"; readonly module: string; readonly path: readonly string[] };

const LONGEST_CHAIN = 40;
const MOST_STARS = 400;

/** Follows names through imports, re-exports and `export *`, a bounded number of modules far. */
export class ExportLinks {
  readonly #modules: TypeScriptModules;
  readonly #known = new Map<TypeScriptModule, Map<string, Exported | undefined>>();
  #stars = 0;

  constructor(modules: TypeScriptModules) {
    this.#modules = modules;
  }

  /** What `name` (`default`, or `*` for the module itself) means when it is imported from a specifier. */
  imported(from: TypeScriptModule, specifier: string, name: string): Exported | undefined {
    this.#stars = 0;
    return this.#imported(from, specifier, name, LONGEST_CHAIN);
  }

  /** What a module exports under a name. */
  exported(module: TypeScriptModule, name: string): Exported | undefined {
    this.#stars = 0;
    return this.#exported(module, name, LONGEST_CHAIN);
  }

  #imported(
    from: TypeScriptModule,
    specifier: string,
    name: string,
    left: number,
  ): Exported | undefined {
    const target = this.#modules.resolve(from, specifier);
    if (target.kind === "external")
      return { kind: "external", module: target.name, path: externalPath(target.name, name) };
    const module = this.#modules.module(target.path);
    if (!module) return undefined;
    return name === "*" ? this.#all(module, left) : this.#exported(module, name, left);
  }

  /** A namespace import: the module, or what it is assigned as a whole. */
  #all(module: TypeScriptModule, left: number): Exported | undefined {
    const { whole } = exportsOf(module.tree);
    return whole ? this.#target(module, whole, left) : { kind: "namespace", module };
  }

  #exported(module: TypeScriptModule, name: string, left: number): Exported | undefined {
    let names = this.#known.get(module);
    if (!names) {
      names = new Map();
      this.#known.set(module, names);
    }
    if (names.has(name)) return names.get(name);
    if (left === 0) return undefined;
    names.set(name, undefined);
    const found = this.#find(module, name, left - 1);
    names.set(name, found);
    return found;
  }

  #find(module: TypeScriptModule, name: string, left: number): Exported | undefined {
    const { names, stars, whole } = exportsOf(module.tree);
    const target = names.get(name);
    if (target) return this.#target(module, target, left);
    if (name === "default") return whole ? this.#target(module, whole, left) : undefined;
    let outside: Exported | undefined;
    for (const specifier of stars) {
      if (this.#stars++ > MOST_STARS) return undefined;
      const found = this.#imported(module, specifier, name, left);
      if (found && found.kind !== "external") return found;
      outside ??= found;
    }
    return outside;
  }

  #target(module: TypeScriptModule, target: ExportTarget, left: number): Exported | undefined {
    switch (target.kind) {
      case "expression":
        return { kind: "expression", module, node: target.node };
      case "from":
        return this.#imported(module, target.specifier, target.name, left);
      case "local": {
        const { values, types } = scopesOf(module.tree).of(0);
        const value = values.get(target.name);
        const type = types.get(target.name);
        return value || type ? { kind: "binding", module, value, type } : undefined;
      }
    }
  }
}

/** The default export of a built-in module is the module. */
function externalPath(module: string, name: string): readonly string[] {
  if (name === "*" || (name === "default" && module.startsWith("node:"))) return [];
  return [name];
}
