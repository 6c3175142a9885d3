import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { beside, type Inference } from "./inference.ts";
import { annotationIn, namedNodes } from "./nodes.ts";
import { type Signature, type TsType, UNKNOWN } from "./ts-type.ts";

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
  const parameters = parametersOf(tree, signature);
  const last = parameters.at(-1);
  if (last === undefined || index < parameters.length - 1) return NONE;
  const pattern = tree.childIn(last, "pattern");
  if (pattern === NONE || tree.kindOf(pattern) !== "rest_pattern") return NONE;
  return annotationIn(tree, last, "type");
}

/** The type node of a parameter, `this` not counted; NONE where it has none, or is a rest parameter. */
export function parameterAnnotation(tree: Tree, signature: NodeId, index: number): NodeId {
  const parameter = parametersOf(tree, signature)[index];
  if (parameter === undefined) return NONE;
  const pattern = tree.childIn(parameter, "pattern");
  if (pattern !== NONE && tree.kindOf(pattern) === "rest_pattern") return NONE;
  return annotationIn(tree, parameter, "type");
}

/** Those that callers give. */
function parametersOf(tree: Tree, signature: NodeId): readonly NodeId[] {
  const list = tree.childIn(signature, "parameters");
  if (list === NONE) return [];
  return namedNodes(tree, list).filter((parameter) => {
    const pattern = tree.childIn(parameter, "pattern");
    return pattern === NONE || tree.kindOf(pattern) !== "this";
  });
}
