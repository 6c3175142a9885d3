import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { Binding } from "./binding.ts";
import { beside, type Inference } from "./inference.ts";
import { FUNCTION_KINDS } from "./module-index.ts";
import { firstNamed, namedNodes } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import {
  declaredType,
  externalName,
  NO_ARGUMENTS,
  once,
  promiseOf,
  type TsType,
  type TypeArguments,
  UNKNOWN,
} from "./ts-type.ts";

export const CLASS_KINDS: ReadonlySet<string> = new Set([
  "class_declaration",
  "abstract_class_declaration",
  "class",
]);

/** A value of a class or interface, interfaces that merge with it included. */
export function instanceOf(at: ModuleNode, typeArguments: TypeArguments): TsType {
  const { tree } = at.module;
  const name = tree.kindOf(at.node) === "object_type" ? NONE : tree.childIn(at.node, "name");
  const binding = name === NONE ? undefined : scopesOf(tree).bindingAt(name);
  const others = (binding?.declarations ?? []).filter(
    ({ node }) => node !== at.node && MERGING.has(tree.kindOf(node)),
  );
  return {
    kind: "instance",
    declarations: [at, ...others.map(({ node }) => beside(at, node))],
    typeArguments,
  };
}

const MERGING: ReadonlySet<string> = new Set([...CLASS_KINDS, "interface_declaration"]);

/** What the type parameters of a declaration stand for, given the arguments in order; defaults fill what is left out. */
export function bindTypeParameters(
  at: ModuleNode,
  given: readonly TsType[],
  inference: Inference,
): TypeArguments {
  const parameters = typeParametersOf(at);
  if (parameters.length === 0) return NO_ARGUMENTS;
  const bound = new Map<Binding, TsType>();
  parameters.forEach(({ binding, node }, index) => {
    const type = given[index] ?? defaultOf(beside(at, node), bound, inference);
    if (type) bound.set(binding, type);
  });
  return bound;
}

/** The type parameters that a declaration or signature has, in order. */
export function typeParametersOf(at: ModuleNode): { binding: Binding; node: NodeId }[] {
  const { tree } = at.module;
  const list = tree.childIn(at.node, "type_parameters");
  if (list === NONE) return [];
  const bindings = scopesOf(tree).of(at.node).types;
  return namedNodes(tree, list).flatMap((node) => {
    const binding = bindings.get(nameText(tree, node));
    return binding ? [{ binding, node }] : [];
  });
}

function nameText(tree: Tree, parameter: NodeId): string {
  const name = tree.childIn(parameter, "name");
  return name === NONE ? "" : tree.textOf(name);
}

function defaultOf(
  parameter: ModuleNode,
  bound: TypeArguments,
  inference: Inference,
): TsType | undefined {
  const { tree } = parameter.module;
  const value = tree.childIn(parameter.node, "value");
  if (value === NONE) return undefined;
  return inference.annotated(beside(parameter, firstNamed(tree, value)), bound);
}

/** What a class extends: the value after `extends`, or undefined where it extends nothing. */
export function baseOf(
  at: ModuleNode,
  inference: Inference,
): Extract<TsType, { kind: "class" | "external" }> | "unknown" | undefined {
  const { tree } = at.module;
  const heritage = tree.childOfKind(at.node, "class_heritage");
  if (heritage === NONE) return undefined;
  const clause = tree.childOfKind(heritage, "extends_clause");
  if (clause === NONE) return undefined;
  const type = inference.typeOf(beside(at, tree.childIn(clause, "value")));
  if (type.kind === "class" || type.kind === "external") return type;
  const part = type.kind === "intersection" ? type.members.find(isClass) : undefined;
  return part ?? "unknown";
}

function isClass(type: TsType): type is Extract<TsType, { kind: "class" }> {
  return type.kind === "class";
}

/** The types that a value of the declaration also has: its base class or the interfaces that an interface extends. */
export function basesOf(
  at: ModuleNode,
  typeArguments: TypeArguments,
  inference: Inference,
): readonly TsType[] {
  const { tree } = at.module;
  const kind = tree.kindOf(at.node);
  if (CLASS_KINDS.has(kind)) return baseInstance(at, typeArguments, inference);
  // `util.inherits(Queue, EventEmitter)`
  if (FUNCTION_KINDS.has(kind)) return [UNKNOWN];
  if (kind !== "interface_declaration") return [];
  const clause = tree.childOfKind(at.node, "extends_type_clause");
  if (clause === NONE) return [];
  return namedNodes(tree, clause).map((type) =>
    inference.annotated(beside(at, type), typeArguments),
  );
}

/** The interfaces that a class says it implements. */
export function implementedBy(at: ModuleNode, inference: Inference): readonly TsType[] {
  const { tree } = at.module;
  const heritage = tree.childOfKind(at.node, "class_heritage");
  const clause = heritage === NONE ? NONE : tree.childOfKind(heritage, "implements_clause");
  if (clause === NONE) return [];
  return namedNodes(tree, clause).map((type) =>
    inference.annotated(beside(at, type), NO_ARGUMENTS),
  );
}

function baseInstance(
  at: ModuleNode,
  typeArguments: TypeArguments,
  inference: Inference,
): readonly TsType[] {
  const base = baseOf(at, inference);
  if (base === undefined) return [];
  if (base === "unknown") return [UNKNOWN];
  const { tree } = at.module;
  const clause = tree.childOfKind(tree.childOfKind(at.node, "class_heritage"), "extends_clause");
  const list = tree.childIn(clause, "type_arguments");
  const given =
    list === NONE
      ? []
      : namedNodes(tree, list).map((type) => inference.annotated(beside(at, type), typeArguments));
  if (base.kind === "class")
    return [instanceOf(base.at, bindTypeParameters(base.at, given, inference))];
  if (externalName(base) === "global:Promise") return [promiseOf(() => given[0] ?? UNKNOWN)];
  const declared = once(() => declaredInstance(declaredType(base), given, inference));
  return [{ ...base, isInstance: true, declared }];
}

/** A value of a class as declarations write it: a class, or a variable with a construct signature. */
export function declaredInstance(
  type: TsType,
  given: readonly TsType[],
  inference: Inference,
): TsType {
  if (type.kind === "class")
    return instanceOf(type.at, bindTypeParameters(type.at, given, inference));
  if (type.kind === "intersection") {
    const part = type.members.find(isClass);
    return part ? declaredInstance(part, given, inference) : UNKNOWN;
  }
  const construct = type.kind === "instance" ? inference.member(type, "new") : UNKNOWN;
  const [signature] = construct.kind === "function" ? construct.signatures : [];
  return signature ? inference.result(signature) : UNKNOWN;
}
