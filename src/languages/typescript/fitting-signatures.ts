import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { beside, type Inference } from "./inference.ts";
import { annotationIn, argumentsOf, namedNodes } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";
import { declaredType, type Signature, type TsType, withoutNullish } from "./ts-type.ts";

/**
 * The overloads that a call may mean: by the number of its arguments, by literals (`on("close", …)`), and by which arguments are
 * functions. All of them where none seems to fit.
 */
export function fittingSignatures(
  signatures: readonly Signature[],
  call: ModuleNode,
  inference: Inference,
): readonly Signature[] {
  if (signatures.length < 2) return signatures;
  const given = argumentsOf(call.module.tree, call.node);
  const fitting = signatures.filter((signature) => mayTake(signature, call, given, inference));
  return fitting.length > 0 ? fitting : signatures;
}

function mayTake(
  signature: Signature,
  call: ModuleNode,
  given: readonly NodeId[],
  inference: Inference,
): boolean {
  const { tree } = signature.at.module;
  const list = tree.childIn(signature.at.node, "parameters");
  if (list === NONE) return true;
  if (given.some((node) => call.module.tree.kindOf(node) === "spread_element")) return true;
  const parameters = namedNodes(tree, list).filter((node) => patternKind(tree, node) !== "this");
  const isOpen = parameters.some((node) => patternKind(tree, node) === "rest_pattern");
  const required = parameters.filter((node) => isRequired(tree, node)).length;
  if (given.length < required || (!isOpen && given.length > parameters.length)) return false;
  return given.every((argument, index) => {
    const parameter = parameters[index];
    if (parameter === undefined || patternKind(tree, parameter) === "rest_pattern") return true;
    return mayBe(beside(call, argument), beside(signature.at, parameter), signature, inference);
  });
}

function patternKind(tree: Tree, parameter: NodeId): string {
  const pattern = tree.childIn(parameter, "pattern");
  return pattern === NONE ? "" : tree.kindOf(pattern);
}

function isRequired(tree: Tree, parameter: NodeId): boolean {
  return (
    patternKind(tree, parameter) !== "rest_pattern" &&
    tree.kindOf(parameter) === "required_parameter" &&
    tree.childIn(parameter, "value") === NONE
  );
}

/** Whether a literal argument may stand for a parameter; of any other nothing is said. */
function mayBe(
  argument: ModuleNode,
  parameter: ModuleNode,
  { typeArguments }: Signature,
  inference: Inference,
): boolean {
  const { tree } = argument.module;
  const kind = tree.kindOf(argument.node);
  const isText = kind === "string";
  if (!isText && !FUNCTIONS.has(kind)) return true;
  const annotation = annotationIn(parameter.module.tree, parameter.node, "type");
  if (annotation === NONE) return true;
  if (isText && parameter.module.tree.kindOf(annotation) === "literal_type")
    return same(parameter.module.tree.textOf(annotation), tree.textOf(argument.node));
  const type = inference.annotated(beside(parameter, annotation), typeArguments);
  return withoutNullish(type).some((member) => accepts(declaredType(member), isText));
}

const FUNCTIONS: ReadonlySet<string> = new Set(["arrow_function", "function_expression"]);

function same(one: string, other: string): boolean {
  return one.slice(1, -1) === other.slice(1, -1);
}

/** Objects may be callable, or what strings have as well; types that nobody knows may be anything. */
function accepts({ kind }: TsType, isText: boolean): boolean {
  return isText
    ? kind !== "function" && kind !== "array"
    : kind !== "primitive" && kind !== "array";
}
