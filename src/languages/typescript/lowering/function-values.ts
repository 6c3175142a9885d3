import type { Value } from "../../../model/operation.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { membersOf } from "../class-members.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { hasToken } from "../nodes.ts";
import type { TypeScriptVariable } from "../resolver.ts";
import type { Lowering } from "./lowering.ts";
import type { NamedPath } from "./paths.ts";
import { functionId } from "./unit-context.ts";

/** The function that a name or a method of `this` stands for, where it is one for good; otherwise undefined. */
export function functionValue(
  lowering: Lowering,
  { path, declared }: NamedPath,
): Value | undefined {
  if (declared) return path.steps.length === 0 ? declaredFunction(declared) : undefined;
  const [step] = path.steps;
  if (path.steps.length !== 1 || step?.kind !== "field" || path.root.kind !== "variable")
    return undefined;
  if (path.root.variable.role !== "receiver") return undefined;
  const method = methodNode(lowering, step.name);
  if (method === NONE) return undefined;
  const receiver: Value = { kind: "path", path: { ...path, steps: [], text: "this" } };
  return { kind: "function", function: functionId(lowering.module, method), receiver };
}

function declaredFunction(declared: TypeScriptVariable): Value | undefined {
  const { module, node } = declared.declaration;
  const { tree } = module;
  const parent = tree.parentOf(node);
  if (declared.kind === "function" && FUNCTION_KINDS.has(tree.kindOf(parent)))
    return { kind: "function", function: functionId(module, parent) };
  if (declared.kind !== "const" || tree.kindOf(parent) !== "variable_declarator") return undefined;
  const value = tree.childIn(parent, "value");
  if (value === NONE || !FUNCTION_KINDS.has(tree.kindOf(value))) return undefined;
  return { kind: "function", function: functionId(module, value) };
}

/** The method (or arrow in a field) of the class around, if it has exactly one body. */
function methodNode({ tree, functionNode }: Lowering, name: string): NodeId {
  for (let at = functionNode; at !== NONE; at = tree.parentOf(at)) {
    if (tree.kindOf(at) !== "class_body") continue;
    const { ofInstance, ofClass } = membersOf(tree, tree.parentOf(at));
    const nodes = (ofInstance.get(name) ?? ofClass.get(name) ?? []).map((member) => {
      if (tree.kindOf(member) !== "public_field_definition") return member;
      return tree.childIn(member, "value");
    });
    const bodies = nodes.filter((node) => node !== NONE && FUNCTION_KINDS.has(tree.kindOf(node)));
    const isAccessor = bodies.some(
      (node) => hasToken(tree, node, "get") || hasToken(tree, node, "set"),
    );
    return bodies.length === 1 && !isAccessor ? (bodies[0] ?? NONE) : NONE;
  }
  return NONE;
}
