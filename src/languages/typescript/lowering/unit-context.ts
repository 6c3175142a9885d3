import type { FunctionId, Variable } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { TypeScriptModule, TypeScriptResolver, TypeScriptVariable } from "../resolver.ts";
import { type Receiver, receiverOf } from "./receiver.ts";

/** What all functions of a unit share while they are lowered: one object for each variable and receiver. */
export class UnitContext {
  readonly resolver: TypeScriptResolver;
  readonly #variables = new WeakMap<TypeScriptVariable, Variable>();
  readonly #receivers = new Map<string, Receiver | undefined>();
  readonly #globals = new Map<string, Variable>();

  constructor(resolver: TypeScriptResolver) {
    this.resolver = resolver;
  }

  variableAt(module: TypeScriptModule, node: NodeId): TypeScriptVariable | undefined {
    return this.resolver.variableAt({ module, node });
  }

  /** The model's object for a declared name. */
  variable(declared: TypeScriptVariable): Variable {
    let variable = this.#variables.get(declared);
    if (!variable) {
      variable = this.#makeVariable(declared);
      this.#variables.set(declared, variable);
    }
    return variable;
  }

  /** `globalThis` and its like: the one object that every module has. */
  globalObject(name: string): Variable {
    let variable = this.#globals.get(name);
    if (!variable) {
      const at = { file: "", start: 0, end: 0 };
      const isReassigned = false;
      const id = `global.${name}`;
      variable = { id, name, role: "global", index: -1, declaredIn: undefined, isReassigned, at };
      this.#globals.set(name, variable);
    }
    return variable;
  }

  /** Who `this` is inside a function node; undefined at module level. */
  receiver(module: TypeScriptModule, functionNode: NodeId): Receiver | undefined {
    const key = `${module.path}:${functionNode}`;
    if (!this.#receivers.has(key))
      this.#receivers.set(key, receiverOf(module, functionNode, functionId));
    return this.#receivers.get(key);
  }

  #makeVariable(declared: TypeScriptVariable): Variable {
    const { module, node } = declared.declaration;
    const start = module.tree.start[node] ?? 0;
    const end = module.tree.end[node] ?? 0;
    const isGlobal = declared.function === NONE;
    const role = declared.kind === "parameter" ? "parameter" : isGlobal ? "global" : "local";
    return {
      id: `${module.path}:${start}`,
      name: declared.name,
      role,
      index: declared.index,
      declaredIn: isGlobal ? undefined : functionId(module, declared.function),
      get isReassigned() {
        return declared.isReassigned();
      },
      at: { file: module.path, start, end },
    };
  }
}

/** The identity of a function node; the module itself is `path:module`. */
export function functionId({ path, tree }: TypeScriptModule, node: NodeId): FunctionId {
  return node === 0 ? `${path}:module` : `${path}:${tree.start[node]}`;
}
