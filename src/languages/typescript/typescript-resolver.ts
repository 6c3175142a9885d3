import { defineInput } from "../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { Binding } from "./binding.ts";
import { membersOf } from "./class-members.ts";
import { isWrittenInPattern } from "./declared-value.ts";
import { beside, type Inference } from "./inference.ts";
import { FUNCTION_KINDS } from "./module-index.ts";
import { promiseAnswer } from "./promise-answer.ts";
import type {
  ModuleNode,
  TypeScriptCallee,
  TypeScriptModule,
  TypeScriptResolver,
  TypeScriptVariable,
} from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import { externalName, NO_ARGUMENTS, type TsType } from "./ts-type.ts";

export const typescriptResolver = defineInput<TypeScriptResolver>("typescript resolver");

const UNKNOWN_CALLEE: TypeScriptCallee = { kind: "unknown" };

/** The resolver's answers, read off the inferred types. */
export function createResolver(inference: Inference): TypeScriptResolver {
  const variables = new WeakMap<Binding, TypeScriptVariable>();

  function variableOf(module: TypeScriptModule, binding: Binding): TypeScriptVariable {
    let variable = variables.get(binding);
    if (!variable) {
      variable = variableFrom(module, binding);
      variables.set(binding, variable);
    }
    return variable;
  }

  return {
    variableAt({ module, node }) {
      const binding = scopesOf(module.tree).bindingAt(node);
      return binding && variableOf(module, binding);
    },
    calleeOf(call) {
      const { tree } = call.module;
      const isNew = tree.kindOf(call.node) === "new_expression";
      const callee = tree.childIn(call.node, isNew ? "constructor" : "function");
      if (callee === NONE) return UNKNOWN_CALLEE;
      return calleeFrom(inference.typeOf(beside(call, callee)), isNew);
    },
    isPromise: (expression) => promiseAnswer(inference.typeOf(expression), inference),
    returnsPromise: (at) =>
      promiseAnswer(inference.result({ at, typeArguments: NO_ARGUMENTS }), inference),
  };
}

function calleeFrom(type: TsType, isNew: boolean): TypeScriptCallee {
  if (type.kind === "external" && !type.isInstance)
    return { kind: "external", name: externalName(type) };
  if (isNew) return type.kind === "class" ? constructorOf(type.at) : UNKNOWN_CALLEE;
  if (type.kind !== "function") return UNKNOWN_CALLEE;
  const [only] = type.signatures;
  const at = type.implementation ?? (type.signatures.length === 1 ? only?.at : undefined);
  if (!at || !FUNCTION_KINDS.has(at.module.tree.kindOf(at.node))) return UNKNOWN_CALLEE;
  return { kind: "function", function: at, isMethod: isMember(at) };
}

/** The constructor that a class writes itself. */
function constructorOf(at: ModuleNode): TypeScriptCallee {
  const node = membersOf(at.module.tree, at.node).constructorNode;
  if (node === NONE) return UNKNOWN_CALLEE;
  return { kind: "function", function: beside(at, node), isMethod: true };
}

function isMember({ module: { tree }, node }: ModuleNode): boolean {
  const kind = tree.kindOf(node);
  return (
    kind === "method_definition" || tree.kindOf(tree.parentOf(node)) === "public_field_definition"
  );
}

function variableFrom(module: TypeScriptModule, binding: Binding): TypeScriptVariable {
  const { tree } = module;
  const [first] = binding.declarations;
  let references: readonly NodeId[] | undefined;
  let reassigned: boolean | undefined;
  const variable: TypeScriptVariable = {
    name: binding.name,
    kind: binding.kind,
    declaration: { module, node: first?.name ?? NONE },
    function: enclosingFunction(tree, binding.scope),
    index: binding.index,
    references() {
      references ??= scopesOf(tree).references(binding);
      return references;
    },
    isReassigned() {
      reassigned ??= variable.references().some((node) => isWritten(tree, node));
      return reassigned;
    },
  };
  return variable;
}

/** The function that a scope is or stands in; NONE at module level. */
function enclosingFunction(tree: Tree, scope: NodeId): NodeId {
  let node = scope;
  while (node !== NONE && !FUNCTION_KINDS.has(tree.kindOf(node))) node = tree.parentOf(node);
  return node;
}

function isWritten(tree: Tree, reference: NodeId): boolean {
  const parent = tree.parentOf(reference);
  switch (tree.kindOf(parent)) {
    case "assignment_expression":
    case "augmented_assignment_expression":
      return tree.childIn(parent, "left") === reference;
    case "update_expression":
      return true;
    default:
      return isWrittenInPattern(tree, reference);
  }
}
