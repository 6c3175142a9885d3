import { NONE, type NodeId } from "../../syntax/tree.ts";
import type { Binding } from "./binding.ts";
import { type ExportTarget, exportsOf } from "./module-exports.ts";
import type { ModuleScope } from "./module-scope.ts";
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
  | { readonly kind: "namespace"; readonly module: TypeScriptModule; readonly body: NodeId }
  | ExternalExport;

/** Something of a module that is not in the snapshot by its sources. */
export interface ExternalExport {
  readonly kind: "external";
  readonly module: string;
  readonly path: readonly string[];
  /** What declares it, where declarations are installed or known. */
  readonly declared: () => Exported | undefined;
}

const LONGEST_CHAIN = 40;
const MOST_STARS = 400;

/** Follows names through imports, re-exports and `export *`, a bounded number of modules far. */
export class ExportLinks {
  readonly #modules: TypeScriptModules;
  readonly #known = new Map<TypeScriptModule, Map<string, Exported | undefined>>();
  readonly #globals = new Map<string, Exported | undefined>();
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
  exported(module: TypeScriptModule, name: string, body: NodeId = 0): Exported | undefined {
    this.#stars = 0;
    return this.#exported({ module, body }, name, LONGEST_CHAIN);
  }

  /** What a name means that nobody in sight declares, as far as we declare the platform. */
  global(name: string): Exported | undefined {
    if (!this.#globals.has(name)) {
      const module = this.#modules.globals();
      this.#globals.set(name, module && localIn({ module, body: 0 }, name));
    }
    return this.#globals.get(name);
  }

  #imported(
    from: TypeScriptModule,
    specifier: string,
    name: string,
    left: number,
  ): Exported | undefined {
    const target = this.#modules.resolve(from, specifier);
    if (target.kind === "external")
      return {
        kind: "external",
        module: target.name,
        path: externalPath(target.name, name),
        declared: () => this.#declared(from, specifier, name, left),
      };
    const module = this.#modules.module(target.path);
    return module && this.#named({ module, body: 0 }, name, left);
  }

  #declared(
    from: TypeScriptModule,
    specifier: string,
    name: string,
    left: number,
  ): Exported | undefined {
    const scope = left === 0 ? undefined : this.#modules.declarations(from, specifier);
    if (!scope) return undefined;
    const found = this.#named(scope, name, left - 1);
    // `import fs from "node:fs"`: a module without a default is imported whole.
    if (!found && name === "default") return this.#all(scope, left - 1);
    return found?.kind === "external" ? found.declared() : found;
  }

  #named(scope: ModuleScope, name: string, left: number): Exported | undefined {
    return name === "*" ? this.#all(scope, left) : this.#exported(scope, name, left);
  }

  /** A namespace import: the module, or what it is assigned as a whole. */
  #all({ module, body }: ModuleScope, left: number): Exported | undefined {
    const { whole } = exportsOf(module.tree, body);
    if (whole) return this.#target({ module, body }, whole, left);
    return { kind: "namespace", module, body: body === 0 ? NONE : body };
  }

  #exported(scope: ModuleScope, name: string, left: number): Exported | undefined {
    let names = this.#known.get(scope.module);
    if (!names) {
      names = new Map();
      this.#known.set(scope.module, names);
    }
    const key = `${scope.body} ${name}`;
    if (names.has(key)) return names.get(key);
    if (left === 0) return undefined;
    names.set(key, undefined);
    const found = this.#find(scope, name, left - 1);
    names.set(key, found);
    return found;
  }

  #find(scope: ModuleScope, name: string, left: number): Exported | undefined {
    const { names, stars, whole } = exportsOf(scope.module.tree, scope.body);
    const target = names.get(name);
    if (target) return this.#target(scope, target, left);
    if (whole) {
      const all = this.#target(scope, whole, left);
      return name === "default" ? all : memberOf(all, name);
    }
    if (name === "default") return undefined;
    let outside: Exported | undefined;
    for (const specifier of stars) {
      if (this.#stars++ > MOST_STARS) return undefined;
      const found = this.#imported(scope.module, specifier, name, left);
      if (found && (found.kind !== "external" || found.declared())) return found;
      outside ??= found;
    }
    // Declarations are exported whether they say so or not.
    return outside ?? (isDeclarationFile(scope.module) ? localIn(scope, name) : undefined);
  }

  #target(scope: ModuleScope, target: ExportTarget, left: number): Exported | undefined {
    switch (target.kind) {
      case "expression":
        return { kind: "expression", module: scope.module, node: target.node };
      case "from":
        return this.#imported(scope.module, target.specifier, target.name, left);
      case "local":
        return localIn(scope, target.name);
    }
  }
}

function isDeclarationFile({ path }: TypeScriptModule): boolean {
  return /\.d\.[mc]?ts$/.test(path);
}

function localIn({ module, body }: ModuleScope, name: string): Exported | undefined {
  const { values, types } = scopesOf(module.tree).of(body);
  const value = values.get(name);
  const type = types.get(name);
  return value || type ? { kind: "binding", module, value, type } : undefined;
}

/** A name in a `namespace` that is exported whole: `declare namespace e { … } export = e`. */
function memberOf(whole: Exported | undefined, name: string): Exported | undefined {
  if (whole?.kind !== "binding") return undefined;
  const { module, value } = whole;
  for (const { node } of value?.declarations ?? []) {
    if (module.tree.kindOf(node) !== "internal_module") continue;
    const body = module.tree.childIn(node, "body");
    const found = body === NONE ? undefined : localIn({ module, body }, name);
    if (found) return found;
  }
  return undefined;
}

/** The default export of a built-in module is the module. */
function externalPath(module: string, name: string): readonly string[] {
  if (name === "*" || (name === "default" && module.startsWith("node:"))) return [];
  return [name];
}
