import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { isBuiltinMethod } from "./builtin-calls.ts";
import { type ClassMembers, memberName, membersOf } from "./class-members.ts";
import { baseOf, basesOf } from "./class-type.ts";
import { exportedValue } from "./exported-value.ts";
import { beside, type Inference } from "./inference.ts";
import { annotationIn, hasToken, namedNodes } from "./nodes.ts";
import { platformProperty } from "./platform-types.ts";
import { prototypeClassesOf } from "./prototype-classes.ts";
import type { ModuleNode } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import {
  type ExternalType,
  externalName,
  functionOf,
  NO_ARGUMENTS,
  NULLISH,
  once,
  PRIMITIVE,
  type Signature,
  type TsType,
  type TypeArguments,
  UNKNOWN,
  unionOf,
  withoutNullish,
} from "./ts-type.ts";

/** The type of `value.name`; unknown where the value has no such member as far as seen. */
export function memberType(of: TsType, name: string, inference: Inference): TsType {
  switch (of.kind) {
    case "union":
      return ofUnion(withoutNullish(of), name, inference);
    case "intersection":
      return firstKnown(of.members, name, inference);
    case "instance":
      return ofInstance(of, name, inference);
    case "class":
      return ofClass(of.at, name, inference);
    case "object":
      return ofObject(of.at, name, inference);
    case "namespace":
      return ofNamespace(of, name, inference);
    case "external":
      return ofExternal(of, name, inference);
    case "promise":
      return builtinMember("Promise", name);
    case "array":
      return name === "length" ? PRIMITIVE : builtinMember("Array", name);
    default:
      return UNKNOWN;
  }
}

/** Where members surely lack the name, whoever reads it has narrowed the union to the others. */
function ofUnion(members: readonly TsType[], name: string, inference: Inference): TsType {
  const found = members.map((member) => inference.member(member, name));
  const isMeant = (type: TsType, index: number) =>
    type.kind !== "unknown" || !lacks(members[index] as TsType, name, inference);
  const meant = found.filter(isMeant);
  return meant.length === 0 ? UNKNOWN : unionOf(meant);
}

/** Whether everything that a type has is known, and the name is not among it. */
function lacks(type: TsType, name: string, inference: Inference): boolean {
  switch (type.kind) {
    case "primitive":
      return true;
    case "instance":
      return type.declarations.every((at) => {
        const ofInstance = instanceMembers(at);
        if (ofInstance.has(name) || ofInstance.has("[]")) return false;
        const bases = basesOf(at, type.typeArguments, inference);
        return bases.every((base) => lacks(base, name, inference));
      });
    default:
      return false;
  }
}

/** A method that values of a built-in class have; statics of the same class are none. */
function builtinMember(owner: "Promise" | "Array", name: string): TsType {
  if (!isBuiltinMethod(owner, name)) return UNKNOWN;
  return { kind: "external", module: "global", path: [owner, name], isInstance: false };
}

function firstKnown(members: readonly TsType[], name: string, inference: Inference): TsType {
  for (const member of members) {
    const found = inference.member(member, name);
    if (found.kind !== "unknown") return found;
  }
  return UNKNOWN;
}

function ofInstance(
  of: Extract<TsType, { kind: "instance" }>,
  name: string,
  inference: Inference,
): TsType {
  if (name === "[]") return indexed(of, inference);
  for (const at of of.declarations) {
    const nodes = instanceMembers(at).get(name);
    if (nodes) return ofNodes(at, nodes, of.typeArguments, inference, of);
  }
  for (const at of of.declarations) {
    const bases = basesOf(at, of.typeArguments, inference);
    const found = firstKnown(bases, name, inference);
    if (found.kind !== "unknown") return withSelf(found, of);
  }
  return name === "()" || name === "new" ? UNKNOWN : indexed(of, inference);
}

/** Of a class, an interface, or a function with a prototype. */
function instanceMembers({ module: { tree }, node }: ModuleNode): ClassMembers["ofInstance"] {
  return prototypeClassesOf(tree).membersOf(node) ?? membersOf(tree, node).ofInstance;
}

/** An inherited method that returns `this` returns the value that it was called on. */
function withSelf(method: TsType, self: TsType): TsType {
  if (method.kind === "function")
    return {
      ...method,
      signatures: method.signatures.map((one) => (one.self ? { ...one, self } : one)),
    };
  if (method.kind !== "external" || !method.declared) return method;
  const { declared } = method;
  return { ...method, declared: once(() => withSelf(declared(), self)) };
}

/** What any other name yields: `{ [name: string]: Handler }`. */
function indexed(of: Extract<TsType, { kind: "instance" }>, inference: Inference): TsType {
  for (const at of of.declarations) {
    const [node] = instanceMembers(at).get("[]") ?? [];
    // `{ [K in Names]: T }` has only the names that it maps.
    if (node === undefined || at.module.tree.childOfKind(node, "mapped_type_clause") !== NONE)
      continue;
    const type = annotationIn(at.module.tree, node, "type");
    if (type !== NONE) return inference.annotated(beside(at, type), of.typeArguments);
  }
  return UNKNOWN;
}

function ofClass(at: ModuleNode, name: string, inference: Inference): TsType {
  const nodes = membersOf(at.module.tree, at.node).ofClass.get(name);
  if (nodes) return ofNodes(at, nodes, NO_ARGUMENTS, inference);
  const base = baseOf(at, inference);
  return base === undefined || base === "unknown" ? UNKNOWN : inference.member(base, name);
}

/** The type of a member from the nodes that declare it. */
function ofNodes(
  at: ModuleNode,
  nodes: readonly NodeId[],
  typeArguments: TypeArguments,
  inference: Inference,
  self?: TsType,
): TsType {
  const { tree } = at.module;
  const signatures: Signature[] = [];
  const values: TsType[] = [];
  for (const node of nodes) {
    const member = beside(at, node);
    if (METHODS.has(tree.kindOf(node))) {
      if (hasToken(tree, node, "set")) continue;
      const signature: Signature = { at: member, typeArguments };
      if (hasToken(tree, node, "get")) values.push(inference.result(signature));
      else signatures.push(self && returnsThis(tree, node) ? { ...signature, self } : signature);
    } else values.push(ofField(member, typeArguments, inference));
  }
  if (signatures.length > 0) return functionOf(signatures);
  return values.length === 0 ? UNKNOWN : unionOf(values);
}

const METHODS: ReadonlySet<string> = new Set([
  "method_definition",
  "method_signature",
  "abstract_method_signature",
  "call_signature",
  "construct_signature",
]);

function returnsThis(tree: Tree, method: NodeId): boolean {
  const result = annotationIn(tree, method, "return_type");
  return result !== NONE && tree.kindOf(result) === "this_type";
}

/** A field, a parameter property, or an assignment to `this.name`. */
function ofField(at: ModuleNode, typeArguments: TypeArguments, inference: Inference): TsType {
  const { tree } = at.module;
  if (tree.kindOf(at.node) === "assignment_expression")
    return inference.typeOf(beside(at, tree.childIn(at.node, "right")));
  const annotation = annotationIn(tree, at.node, "type");
  const isOptional = hasToken(tree, at.node, "?") || tree.kindOf(at.node) === "optional_parameter";
  if (annotation !== NONE) {
    const type = inference.annotated(beside(at, annotation), typeArguments);
    return isOptional ? unionOf([type, NULLISH]) : type;
  }
  if (tree.kindOf(at.node) === "property_signature") return UNKNOWN;
  const value = tree.childIn(at.node, "value");
  return value === NONE ? UNKNOWN : inference.typeOf(beside(at, value));
}

function ofObject(at: ModuleNode, name: string, inference: Inference): TsType {
  const { tree } = at.module;
  for (const property of namedNodes(tree, at.node).reverse()) {
    const kind = tree.kindOf(property);
    if (kind === "shorthand_property_identifier") {
      if (tree.textOf(property) === name) return inference.typeOf(beside(at, property));
    } else if (kind === "spread_element") {
      const [spread] = namedNodes(tree, property);
      if (spread === undefined) continue;
      const found = inference.member(inference.typeOf(beside(at, spread)), name);
      if (found.kind !== "unknown") return found;
    } else if (memberName(tree, property) === name) {
      return kind === "pair"
        ? inference.typeOf(beside(at, tree.childIn(property, "value")))
        : ofNodes(at, [property], NO_ARGUMENTS, inference);
    }
  }
  return UNKNOWN;
}

function ofNamespace(
  { module, body }: Extract<TsType, { kind: "namespace" }>,
  name: string,
  inference: Inference,
): TsType {
  if (body !== NONE) {
    const binding = scopesOf(module.tree).of(body).values.get(name);
    return binding
      ? inference.valueOf(module, binding)
      : exportedValue(inference.links.exported(module, name, body), inference);
  }
  return exportedValue(inference.links.exported(module, name), inference);
}

function ofExternal(of: ExternalType, name: string, inference: Inference): TsType {
  const path = [...pathOf(of), name];
  const { declared } = of;
  const member: ExternalType = {
    kind: "external",
    module: of.module,
    path,
    isInstance: false,
    ...(declared && { declared: once(() => inference.member(declared(), name)) }),
  };
  return platformProperty(externalName(member)) ?? member;
}

/** Classes of the platform with statics that are called as methods of their values are. */
const WITH_STATICS = /^(?:Response|ReadableStream|Blob)$/;

/** The default of one of Node's modules is the module itself, but what is made of it is not. */
function pathOf({ module, path, isInstance }: ExternalType): readonly string[] {
  if (module === "global" && !isInstance && path.length === 1 && WITH_STATICS.test(path[0] ?? ""))
    return [...path, "constructor"];
  if (!module.startsWith("node:")) return path;
  if (isInstance) return path.length === 0 ? ["default"] : path;
  return path.length === 1 && path[0] === "default" ? [] : path;
}
