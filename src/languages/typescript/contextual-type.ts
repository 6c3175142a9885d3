import { NONE, type NodeId } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import { expectedType } from "./expected-type.ts";
import { fittingSignatures } from "./fitting-signatures.ts";
import { beside, type Inference } from "./inference.ts";
import { argumentsOf } from "./nodes.ts";
import { platformGiven } from "./platform-types.ts";
import type { ModuleNode } from "./resolver.ts";
import { parameterOf } from "./signature-parameters.ts";
import { constituents, declaredType, externalName, type TsType, UNKNOWN } from "./ts-type.ts";
import { withTypeArguments } from "./type-argument-inference.ts";

/** What the place where a function literal stands says of its parameters. */
export interface ContextualSignature {
  parameter(index: number): TsType;
}

/** For a function that is an argument, or stands where a type is asked for: in annotated variables, properties and results. */
export function contextualSignature(
  at: ModuleNode,
  inference: Inference,
): ContextualSignature | undefined {
  const { tree } = at.module;
  const parent = tree.parentOf(at.node);
  switch (tree.kindOf(parent)) {
    case "arguments":
      return fromCall(beside(at, tree.parentOf(parent)), at.node, inference);
    case "class_body":
      return undefined;
    default:
      return fromType(expectedType(at, inference), inference);
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
  const called = inference.typeOf(beside(call, callee));
  const type = declaredType(called);
  if (type.kind === "external") {
    const name = externalName(type);
    return { parameter: (at) => platformGiven(name, at) ?? UNKNOWN };
  }
  const [signature] =
    type.kind === "function" ? fittingSignatures(type.signatures, call, inference) : [];
  if (!signature) return undefined;
  const isWritten = tree.childIn(call.node, "type_arguments") !== NONE;
  const bound = isWritten ? withTypeArguments(signature, call, inference) : signature;
  return fromType(parameterOf(bound, index, inference), inference);
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
  for (const known of constituents(type)) {
    const called = known.kind === "instance" ? inference.member(known, "()") : known;
    const [signature] = called.kind === "function" ? called.signatures : [];
    if (signature) return { parameter: (index) => parameterOf(signature, index, inference) };
  }
  return undefined;
}
