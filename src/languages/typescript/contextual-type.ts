import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import { fittingSignatures } from "./fitting-signatures.ts";
import { beside, type Inference } from "./inference.ts";
import { annotationIn, argumentsOf, namedNodes } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";
import {
  declaredType,
  NO_ARGUMENTS,
  type Signature,
  type TsType,
  UNKNOWN,
  withoutNullish,
} from "./ts-type.ts";

/** What the place where a function literal stands says of its parameters. */
export interface ContextualSignature {
  parameter(index: number): TsType;
}

/** For a function that is an argument, or the value of an annotated variable or field. */
export function contextualSignature(
  at: ModuleNode,
  inference: Inference,
): ContextualSignature | undefined {
  const { tree } = at.module;
  const parent = tree.parentOf(at.node);
  switch (tree.kindOf(parent)) {
    case "arguments":
      return fromCall(beside(at, tree.parentOf(parent)), at.node, inference);
    case "variable_declarator":
    case "public_field_definition": {
      const annotation = annotationIn(tree, parent, "type");
      if (annotation === NONE) return undefined;
      return fromType(inference.annotated(beside(at, annotation), NO_ARGUMENTS), inference);
    }
    default:
      return undefined;
  }
}

function fromCall(
  call: ModuleNode,
  argument: NodeId,
  inference: Inference,
): ContextualSignature | undefined {
  const { tree } = call.module;
  if (tree.kindOf(call.node) !== "call_expression") return undefined;
  const callee = tree.childIn(call.node, "function");
  const index = argumentsOf(tree, call.node).indexOf(argument);
  if (tree.kindOf(callee) === "member_expression") {
    const builtin = fromBuiltin(beside(call, callee), inference);
    if (builtin) return index === 0 ? builtin : undefined;
  }
  const type = declaredType(inference.typeOf(beside(call, callee)));
  const [signature] =
    type.kind === "function" ? fittingSignatures(type.signatures, call, inference) : [];
  return signature && fromType(parameterOf(signature, index, inference), inference);
}

const WITH_ELEMENT: ReadonlySet<string> = new Set(
  "map forEach filter find findLast findIndex some every flatMap".split(" "),
);

/** The callbacks of promises and arrays. */
function fromBuiltin(member: ModuleNode, inference: Inference): ContextualSignature | undefined {
  const { tree } = member.module;
  const name = tree.textOf(tree.childIn(member.node, "property"));
  if (name !== "then" && !WITH_ELEMENT.has(name)) return undefined;
  const object = inference.typeOf(beside(member, tree.childIn(member.node, "object")));
  if (name === "then" && object.kind === "promise") return only(() => awaitedType(object));
  if (name !== "then" && object.kind === "array") return only(object.element);
  return undefined;
}

function only(first: () => TsType): ContextualSignature {
  return { parameter: (index) => (index === 0 ? first() : UNKNOWN) };
}

/** The type that a function-typed value gives the parameters of a function that takes its place. */
function fromType(type: TsType, inference: Inference): ContextualSignature | undefined {
  for (const member of withoutNullish(type)) {
    const known = declaredType(member);
    const called = known.kind === "instance" ? inference.member(known, "()") : known;
    const [signature] = called.kind === "function" ? called.signatures : [];
    if (signature) return { parameter: (index) => parameterOf(signature, index, inference) };
  }
  return undefined;
}

/** The written type of a signature's parameter. */
export function parameterOf(
  { at, typeArguments }: Signature,
  index: number,
  inference: Inference,
): TsType {
  const { tree } = at.module;
  const annotation = parameterAnnotation(tree, at.node, index);
  if (annotation !== NONE) return inference.annotated(beside(at, annotation), typeArguments);
  const rest = restAnnotation(tree, at.node, index);
  if (rest === NONE) return UNKNOWN;
  const type = inference.annotated(beside(at, rest), typeArguments);
  return type.kind === "array" && !type.items ? type.element() : UNKNOWN;
}

/** The type of `...rest`, where a parameter of that index is part of it. */
function restAnnotation(tree: Tree, signature: NodeId, index: number): NodeId {
  const list = tree.childIn(signature, "parameters");
  const parameters = list === NONE ? [] : namedNodes(tree, list);
  const last = parameters.at(-1);
  if (last === undefined || index < parameters.length - 1) return NONE;
  const pattern = tree.childIn(last, "pattern");
  if (pattern === NONE || tree.kindOf(pattern) !== "rest_pattern") return NONE;
  return annotationIn(tree, last, "type");
}

/** The type node of a parameter, `this` not counted; NONE where it has none, or is a rest parameter. */
export function parameterAnnotation(tree: Tree, signature: NodeId, index: number): NodeId {
  const list = tree.childIn(signature, "parameters");
  if (list === NONE) return NONE;
  const parameters = namedNodes(tree, list).filter((parameter) => {
    const pattern = tree.childIn(parameter, "pattern");
    return pattern === NONE || tree.kindOf(pattern) !== "this";
  });
  const parameter = parameters[index];
  if (parameter === undefined) return NONE;
  const pattern = tree.childIn(parameter, "pattern");
  if (pattern !== NONE && tree.kindOf(pattern) === "rest_pattern") return NONE;
  return annotationIn(tree, parameter, "type");
}
