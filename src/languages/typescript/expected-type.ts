import { NONE, type NodeId } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import { memberName, membersOf } from "./class-members.ts";
import { basesOf, implementedBy } from "./class-type.ts";
import { enclosingFunction } from "./enclosing-function.ts";
import { fittingSignatures } from "./fitting-signatures.ts";
import { beside, type Inference } from "./inference.ts";
import { iteratedType } from "./iterated-type.ts";
import { annotationIn, argumentsOf, firstNamed, hasToken, namedNodes } from "./nodes.ts";
import { VOID_CALLBACK, voidCallbackAt } from "./platform-callbacks.ts";
import type { ModuleNode } from "./resolver.ts";
import { parameterOf } from "./signature-parameters.ts";
import {
  constituents,
  declaredType,
  externalName,
  NO_ARGUMENTS,
  type Signature,
  type TsType,
  UNKNOWN,
  unionOf,
  withoutNullish,
} from "./ts-type.ts";
import { withTypeArguments } from "./type-argument-inference.ts";

/** Expressions inside expressions that hand their own expectation on. */
const DEEPEST = 12;

/** What the place of an expression asks for: the parameter's type, the variable's, the property's, the result's. */
export function expectedType(at: ModuleNode, inference: Inference, depth = DEEPEST): TsType {
  const { tree } = at.module;
  const parent = tree.parentOf(at.node);
  if (parent === NONE || depth === 0) return UNKNOWN;
  const outer = () => expectedType(beside(at, parent), inference, depth - 1);
  switch (tree.kindOf(parent)) {
    case "arguments":
      return ofArgument(beside(at, tree.parentOf(parent)), at.node, inference);
    case "variable_declarator":
    case "public_field_definition":
      return tree.childIn(parent, "value") === at.node
        ? ofAnnotation(beside(at, parent), "type", inference)
        : UNKNOWN;
    case "assignment_expression": {
      const left = tree.childIn(parent, "left");
      return left === at.node ? UNKNOWN : inference.typeOf(beside(at, left));
    }
    case "pair": {
      const name = memberName(tree, parent);
      if (name === undefined || tree.childIn(parent, "value") !== at.node) return UNKNOWN;
      const object = expectedType(beside(at, tree.parentOf(parent)), inference, depth - 1);
      return ofMember(object, name, inference);
    }
    case "object": {
      if (tree.kindOf(at.node) === "spread_element") return outer();
      const isShort = tree.kindOf(at.node) === "shorthand_property_identifier";
      const name = isShort ? tree.textOf(at.node) : memberName(tree, at.node);
      return name === undefined ? UNKNOWN : ofMember(outer(), name, inference);
    }
    case "array":
      return ofElement(outer(), namedNodes(tree, parent).indexOf(at.node));
    case "class_body":
      return ofInherited(beside(at, tree.parentOf(parent)), at.node, inference);
    case "jsx_expression":
      return ofAttribute(beside(at, tree.parentOf(parent)), inference);
    case "parenthesized_expression":
    case "spread_element":
      return outer();
    case "ternary_expression":
      return tree.childIn(parent, "condition") === at.node ? UNKNOWN : outer();
    case "binary_expression":
      return tree.childIn(parent, "right") === at.node ? outer() : UNKNOWN;
    case "satisfies_expression": {
      const type = namedNodes(tree, parent)[1];
      return type === undefined ? UNKNOWN : inference.annotated(beside(at, type), NO_ARGUMENTS);
    }
    case "return_statement":
      return ofReturn(beside(at, enclosingFunction(tree, at.node)), inference);
    case "arrow_function":
      return tree.childIn(parent, "body") === at.node
        ? ofReturn(beside(at, parent), inference)
        : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function ofAnnotation(at: ModuleNode, field: "type" | "return_type", inference: Inference): TsType {
  const annotation = annotationIn(at.module.tree, at.node, field);
  return annotation === NONE ? UNKNOWN : inference.annotated(beside(at, annotation), NO_ARGUMENTS);
}

function ofReturn(of: ModuleNode, inference: Inference): TsType {
  if (of.node === NONE) return UNKNOWN;
  const type = ofAnnotation(of, "return_type", inference);
  return hasToken(of.module.tree, of.node, "async") ? awaitedType(type) : type;
}

/** What the base class and the implemented interfaces say of a method. */
function ofInherited(owner: ModuleNode, method: NodeId, inference: Inference): TsType {
  const name = memberName(owner.module.tree, method);
  if (name === undefined || hasToken(owner.module.tree, method, "static")) return UNKNOWN;
  const bases = [...basesOf(owner, NO_ARGUMENTS, inference), ...implementedBy(owner, inference)];
  const known = bases
    .map((base) => inference.member(base, name))
    .filter(({ kind }) => kind !== "unknown");
  return known.length === 0 ? UNKNOWN : unionOf(known);
}

/** `<button onClick={…}>`; of a component its property. */
function ofAttribute(attribute: ModuleNode, inference: Inference): TsType {
  const { tree } = attribute.module;
  const name = firstNamed(tree, attribute.node);
  if (tree.kindOf(attribute.node) !== "jsx_attribute" || name === NONE) return UNKNOWN;
  const element = tree.childIn(tree.parentOf(attribute.node), "name");
  if (element === NONE) return UNKNOWN;
  const property = tree.textOf(name);
  if (/^[a-z][\w-]*$/.test(tree.textOf(element)))
    return /^on[A-Z]/.test(property) ? VOID_CALLBACK : UNKNOWN;
  const component = inference.typeOf(beside(attribute, element));
  const [signature] = signaturesOf(component, false, inference);
  return signature ? ofMember(parameterOf(signature, 0, inference), property, inference) : UNKNOWN;
}

/** What an array asks of its elements. */
function ofElement(array: TsType, index: number): TsType {
  const arrays = constituents(array).filter((type) => type.kind === "array");
  const [only] = arrays;
  if (only === undefined || arrays.length > 1) return UNKNOWN;
  return (only.items?.[index] ?? only.element)();
}

/** What an object literal's property is asked to be, by those members of a union that a literal may be and that have the property. */
function ofMember(object: TsType, name: string, inference: Inference): TsType {
  const members = constituents(object).filter(({ kind }) => !NO_LITERAL.has(kind));
  if (members.length === 0) return UNKNOWN;
  const found = inference.member(unionOf(members), name);
  return withoutNullish(found).some(({ kind }) => kind === "unknown") ? UNKNOWN : found;
}

const NO_LITERAL: ReadonlySet<string> = new Set([
  "promise",
  "primitive",
  "array",
  "function",
  "class",
]);

function ofArgument(call: ModuleNode, argument: NodeId, inference: Inference): TsType {
  const { tree } = call.module;
  const index = argumentsOf(tree, call.node).indexOf(argument);
  const isNew = tree.kindOf(call.node) === "new_expression";
  const callee = tree.childIn(call.node, isNew ? "constructor" : "function");
  if (callee === NONE || index === -1) return UNKNOWN;
  const type = inference.typeOf(beside(call, callee));
  if (type.kind === "external" && !type.isInstance) {
    const known = voidCallbackAt(externalName(type), index);
    if (known.kind !== "unknown") return known;
    if (ADDING.test(externalName(type)) && !isNew)
      return iteratedType(receiverOf(beside(call, callee), inference), inference);
  }
  const expected = fittingSignatures(signaturesOf(type, isNew, inference), call, inference).map(
    (signature) => parameterOf(written(signature, call, inference), index, inference),
  );
  return expected.length === 0 || expected.some(({ kind }) => kind === "unknown")
    ? UNKNOWN
    : unionOf(expected);
}

/** Methods of arrays that take elements. */
const ADDING = /^global:Array\.(?:push|unshift)$/;

function receiverOf(callee: ModuleNode, inference: Inference): TsType {
  const { tree } = callee.module;
  if (tree.kindOf(callee.node) !== "member_expression") return UNKNOWN;
  return inference.typeOf(beside(callee, tree.childIn(callee.node, "object")));
}

/** The signature with the type arguments that a call writes. */
function written(signature: Signature, call: ModuleNode, inference: Inference): Signature {
  return call.module.tree.childIn(call.node, "type_arguments") === NONE
    ? signature
    : withTypeArguments(signature, call, inference);
}

/** Everything that the call may call. */
function signaturesOf(type: TsType, isNew: boolean, inference: Inference): readonly Signature[] {
  if (isNew) return constructorsOf(declaredType(type), inference);
  return constituents(type).flatMap((known): readonly Signature[] => {
    if (known.kind === "intersection")
      return known.members.flatMap((part) => signaturesOf(part, false, inference));
    const called = known.kind === "instance" ? inference.member(known, "()") : known;
    return called.kind === "function" ? called.signatures : [];
  });
}

function constructorsOf(type: TsType, inference: Inference): readonly Signature[] {
  if (type.kind === "class") {
    const node = membersOf(type.at.module.tree, type.at.node).constructorNode;
    return node === NONE ? [] : [{ at: beside(type.at, node), typeArguments: NO_ARGUMENTS }];
  }
  const made = type.kind === "instance" ? inference.member(type, "new") : UNKNOWN;
  return made.kind === "function" ? made.signatures : [];
}
