import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { awaitedType } from "./awaited-type.ts";
import { constructedType } from "./constructed-type.ts";
import { exportedValue, globalValue } from "./exported-value.ts";
import { beside, type Inference } from "./inference.ts";
import { iteratedType } from "./iterated-type.ts";
import { stringValue } from "./module-exports.ts";
import { argumentsOf, firstNamed, hasToken, namedNodes, unwrapped } from "./nodes.ts";
import { promiseShare } from "./promise-answer.ts";
import type { ModuleNode } from "./resolver.ts";
import { scopesOf } from "./scopes.ts";
import { superType, thisType } from "./this-type.ts";
import {
  declaredType,
  NO_ARGUMENTS,
  NULLISH,
  PRIMITIVE,
  promiseOf,
  type TsType,
  UNKNOWN,
  unionOf,
  withoutNullish,
} from "./ts-type.ts";
import { unmistakableMember } from "./unmistakable-members.ts";

type Typing = (at: ModuleNode, inference: Inference) => TsType;

/** The type of an expression, from its kind. */
export function expressionType(at: ModuleNode, inference: Inference): TsType {
  const typing = TYPINGS[at.module.tree.kindOf(at.node)];
  return typing ? typing(at, inference) : UNKNOWN;
}

const primitive: Typing = () => PRIMITIVE;
const nullish: Typing = () => NULLISH;

const TYPINGS: Readonly<Record<string, Typing | undefined>> = {
  identifier: identifierType,
  shorthand_property_identifier: identifierType,
  undefined: nullish,
  null: nullish,
  number: primitive,
  string: primitive,
  template_string: primitive,
  regex: primitive,
  true: primitive,
  false: primitive,
  update_expression: primitive,
  this: thisType,
  super: superType,
  parenthesized_expression: innerType,
  satisfies_expression: innerType,
  instantiation_expression: innerType,
  sequence_expression: (at, inference) =>
    inference.typeOf(beside(at, namedNodes(at.module.tree, at.node).at(-1) ?? NONE)),
  non_null_expression: (at, inference) => unionOf(withoutNullish(innerType(at, inference))),
  as_expression: castType,
  type_assertion: prefixCastType,
  await_expression: awaitedExpressionType,
  assignment_expression: (at, inference) =>
    inference.typeOf(beside(at, at.module.tree.childIn(at.node, "right"))),
  augmented_assignment_expression: binaryType,
  binary_expression: binaryType,
  unary_expression: (at) => (hasToken(at.module.tree, at.node, "void") ? NULLISH : PRIMITIVE),
  ternary_expression: ternaryType,
  object: (at) => ({ kind: "object", at }),
  array: arrayType,
  arrow_function: functionType,
  function_expression: functionType,
  generator_function: functionType,
  class: (at) => ({ kind: "class", at }),
  call_expression: callType,
  new_expression: constructedType,
  member_expression: memberType,
  subscript_expression: subscriptType,
};

function innerType(at: ModuleNode, inference: Inference): TsType {
  return inference.typeOf(beside(at, firstNamed(at.module.tree, at.node)));
}

function awaitedExpressionType(at: ModuleNode, inference: Inference): TsType {
  const type = awaitedType(innerType(at, inference));
  // A class that extends Promise: what it is a promise of is its own affair.
  const isPromise = type.kind === "instance" && promiseShare(type, inference) === "always";
  return isPromise ? UNKNOWN : type;
}

function identifierType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const binding = scopesOf(tree).bindingAt(at.node);
  if (binding) return inference.valueOf(at.module, binding);
  const name = tree.textOf(at.node);
  if (name === "undefined") return NULLISH;
  if (name === "arguments") return UNKNOWN;
  return globalValue(name, inference);
}

function castType(at: ModuleNode, inference: Inference): TsType {
  const [expression, type] = namedNodes(at.module.tree, at.node);
  if (type === undefined) return inference.typeOf(beside(at, expression ?? NONE));
  const said = inference.annotated(beside(at, type), NO_ARGUMENTS);
  // `(await x) as Promise<T>`: the cast says what the type checker is to believe, not what is there.
  const isAwaited =
    expression !== undefined &&
    at.module.tree.kindOf(unwrapped(at.module.tree, expression)) === "await_expression";
  return isAwaited && said.kind === "promise" ? said.awaited() : said;
}

/** `<T>x`. */
function prefixCastType(at: ModuleNode, inference: Inference): TsType {
  const type = firstNamed(at.module.tree, firstNamed(at.module.tree, at.node));
  return inference.annotated(beside(at, type), NO_ARGUMENTS);
}

function binaryType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const operator = tree.childIn(at.node, "operator");
  const word = operator === NONE ? "" : tree.kindOf(operator).replace(/=$/, "");
  if (word !== "&&" && word !== "||" && word !== "??") return PRIMITIVE;
  const right = inference.typeOf(beside(at, tree.childIn(at.node, "right")));
  const left = inference.typeOf(beside(at, tree.childIn(at.node, "left")));
  // A falsy left side is no promise, whatever it is.
  if (word === "&&") return isAlwaysTruthy(left) ? right : unionOf([NULLISH, right]);
  return isAlwaysTruthy(left) ? left : unionOf([...withoutNullish(left), right]);
}

function isAlwaysTruthy({ kind }: TsType): boolean {
  return (
    kind === "promise" ||
    kind === "function" ||
    kind === "class" ||
    kind === "instance" ||
    kind === "object" ||
    kind === "array"
  );
}

function ternaryType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  return unionOf([
    inference.typeOf(beside(at, tree.childIn(at.node, "consequence"))),
    inference.typeOf(beside(at, tree.childIn(at.node, "alternative"))),
  ]);
}

/** Longer literals are tables of data, in which nobody keeps promises. */
const MOST_ELEMENTS = 60;

function arrayType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const elements = namedNodes(tree, at.node);
  if (elements.length > MOST_ELEMENTS) return { kind: "array", element: () => UNKNOWN };
  const items = elements.map((node) => () => elementType(beside(at, node), inference));
  const element = () => (items.length === 0 ? UNKNOWN : unionOf(items.map((item) => item())));
  const hasSpread = elements.some((node) => tree.kindOf(node) === "spread_element");
  return hasSpread ? { kind: "array", element } : { kind: "array", element, items };
}

function elementType(at: ModuleNode, inference: Inference): TsType {
  if (at.module.tree.kindOf(at.node) !== "spread_element") return inference.typeOf(at);
  return iteratedType(innerType(at, inference), inference);
}

function functionType(at: ModuleNode): TsType {
  return { kind: "function", signatures: [{ at, typeArguments: NO_ARGUMENTS }] };
}

function callType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const callee = tree.childIn(at.node, "function");
  if (callee === NONE) return UNKNOWN;
  if (tree.kindOf(callee) === "import") return importedType(at, inference);
  if (tree.kindOf(callee) === "super") return NULLISH;
  const type = inference.called(inference.typeOf(beside(at, callee)), at);
  return isOptional(tree, callee) || hasToken(tree, at.node, "?.") ? optional(type) : type;
}

/** `import("./x")`. */
function importedType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const [specifier] = argumentsOf(tree, at.node);
  if (specifier === undefined || tree.kindOf(specifier) !== "string") return promiseOf();
  return promiseOf(() =>
    exportedValue(
      inference.links.imported(at.module, stringValue(tree, specifier), "*"),
      inference,
    ),
  );
}

function memberType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const object = tree.childIn(at.node, "object");
  const property = tree.childIn(at.node, "property");
  if (object === NONE || property === NONE) return UNKNOWN;
  const name = tree.textOf(property);
  const type = inference.member(inference.typeOf(beside(at, object)), name);
  return type.kind === "unknown" ? unmistakableMember(at, name) : type;
}

/** `a?.b`, also further back: `a.b?.().then`. */
function isOptional(tree: Tree, callee: NodeId): boolean {
  for (let node = callee; node !== NONE; ) {
    const isMember = tree.kindOf(node) === "member_expression";
    if (isMember && tree.childIn(node, "optional_chain") !== NONE) return true;
    if (!isMember && tree.kindOf(node) !== "call_expression") return false;
    if (!isMember && hasToken(tree, node, "?.")) return true;
    node = tree.childIn(node, isMember ? "object" : "function");
  }
  return false;
}

/** The value of `a?.b()`: also undefined, where the call cannot return at all not. */
function optional(type: TsType): TsType {
  return type.kind === "unknown" || type.kind === "never" ? type : unionOf([type, NULLISH]);
}

function subscriptType(at: ModuleNode, inference: Inference): TsType {
  const { tree } = at.module;
  const index = tree.childIn(at.node, "index");
  const object = tree.childIn(at.node, "object");
  if (index === NONE || object === NONE) return UNKNOWN;
  const type = declaredType(inference.typeOf(beside(at, object)));
  if (tree.kindOf(index) === "string") return inference.member(type, stringValue(tree, index));
  if (type.kind === "instance") return inference.member(type, "[]");
  if (type.kind !== "array") return UNKNOWN;
  const item =
    tree.kindOf(index) === "number" ? type.items?.[Number(tree.textOf(index))] : undefined;
  return (item ?? type.element)();
}
