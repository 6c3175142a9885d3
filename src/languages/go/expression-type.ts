import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { callType } from "./call-type.ts";
import { childIn, type GoFile } from "./go-file.ts";
import type { Inference } from "./inference.ts";
import { type SyntaxNumbers, syntaxNumbers } from "./syntax-numbers.ts";
import type { GoType } from "./type.ts";
import { instantiate, literalType } from "./type-expression.ts";
import { basic, isUntyped, NIL, UNKNOWN } from "./universe.ts";

/** The type of an expression whose operand, if it has one, was asked for before. */
export function expressionType(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  node: NodeId,
): GoType {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const ask = (at: NodeId) => (at === NONE ? UNKNOWN : inference.typeOf(file, at));
  switch (tree.kind[node]) {
    case kind.identifier:
      return identifierType(inference, file, node);
    case kind.parenthesized_expression:
      return ask(firstNamed(tree, node));
    case kind.selector_expression:
      return selectorType(inference, file, tree, node);
    case kind.call_expression:
      return callType(inference, file, tree, node);
    case kind.type_conversion_expression:
      return conversionType(inference, file, tree, node);
    case kind.index_expression:
      return indexType(inference, file, tree, node);
    case kind.slice_expression:
      return slicedType(inference, ask(childIn(tree, node, field.operand)));
    case kind.unary_expression:
      return unaryType(inference, file, tree, node);
    case kind.binary_expression:
      return binaryType(inference, file, tree, node);
    case kind.type_assertion_expression: {
      const type = childIn(tree, node, field.type);
      return type === NONE ? UNKNOWN : inference.typeFrom(file, type);
    }
    case kind.composite_literal: {
      const type = childIn(tree, node, field.type);
      return type === NONE ? UNKNOWN : inference.typeFrom(file, type);
    }
    case kind.literal_value:
      return literalValueType(inference, file, tree, node);
    case kind.literal_element:
      return ask(firstNamed(tree, node));
    case kind.func_literal:
      return inference.typeFrom(file, node);
    case kind.nil:
      return NIL;
    case kind.int_literal:
    case kind.float_literal:
    case kind.imaginary_literal:
    case kind.rune_literal:
    case kind.interpreted_string_literal:
    case kind.raw_string_literal:
    case kind.true:
    case kind.false:
    case kind.iota:
      return literalType(tree.kindOf(node));
    default:
      return UNKNOWN;
  }
}

function firstNamed(tree: Tree, node: NodeId): NodeId {
  const { comment } = syntaxNumbers(tree.grammar).kind;
  for (let at = tree.firstChild[node] ?? NONE; at !== NONE; at = tree.nextSibling[at] ?? NONE)
    if (tree.isNamed(at) && tree.kind[at] !== comment) return at;
  return NONE;
}

function identifierType(inference: Inference, file: GoFile, node: NodeId): GoType {
  const symbol = inference.symbolAt(file, node);
  switch (symbol?.kind) {
    case "variable":
      return symbol.variable.type();
    case "function":
      return symbol.declaration.type();
    case "constant":
      return inference.constantType(symbol);
    default:
      return UNKNOWN;
  }
}

function selectorType(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  const { field, kind } = syntaxNumbers(tree.grammar);
  const operand = childIn(tree, node, field.operand);
  const name = childIn(tree, node, field.field);
  if (operand === NONE || name === NONE) return UNKNOWN;
  if (tree.kind[operand] === kind.identifier) {
    const symbol = inference.symbolAt(file, operand);
    if (symbol?.kind === "package") return inference.exportedType(symbol.path, tree.textOf(name));
  }
  const selection = inference.selectionAt(file, node);
  if (!selection) return UNKNOWN;
  const type = inference.selectedType(selection);
  const denoted = inference.denotedType(file, operand);
  if (!denoted || type.kind !== "function") return type;
  return { ...type, parameters: [denoted, ...type.parameters] };
}

/**
 * `T[A](x)` is a conversion or the call of a generic function: only the name tells. `*(*T)(x)` and `<-(chan T)(x)` are
 * read by the grammar as conversions to pointer and channel types, though Go applies the operator to the conversion.
 */
function conversionType(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  const { field, kind, token } = syntaxNumbers(tree.grammar);
  const type = childIn(tree, node, field.type);
  if (type === NONE) return UNKNOWN;
  const isReceive = tree.kind[tree.firstChild[type] ?? type] === token.arrow;
  if (tree.kind[type] === kind.pointer_type || isReceive) {
    const converted = inference.structure(inference.typeFrom(file, type));
    const inner = converted.kind === "pointer" ? inference.structure(converted.to) : converted;
    if (inner.kind === "channel" && isReceive) return inner.element;
    return inner.kind === "pointer" ? inner.to : UNKNOWN;
  }
  if (tree.kind[type] === kind.generic_type && !inference.denotedType(file, type))
    return callType(inference, file, tree, node);
  return inference.typeFrom(file, type);
}

function indexType(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  const operand = childIn(tree, node, syntaxNumbers(tree.grammar).field.operand);
  if (operand === NONE) return UNKNOWN;
  const structure = inference.structure(inference.typeOf(file, operand));
  switch (structure.kind) {
    case "slice":
    case "array":
      return structure.element;
    case "map":
      return structure.value;
    case "pointer": {
      const inner = inference.structure(structure.to);
      return inner.kind === "array" ? inner.element : UNKNOWN;
    }
    case "basic":
      return /string$/.test(structure.name) ? basic("byte") : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

function slicedType(inference: Inference, type: GoType): GoType {
  const structure = inference.structure(type);
  if (structure.kind === "slice") return type;
  if (structure.kind === "array") return { kind: "slice", element: structure.element };
  if (structure.kind === "basic" && /string$/.test(structure.name))
    return structure.name === "untyped string" ? basic("string") : type;
  if (structure.kind !== "pointer") return UNKNOWN;
  const inner = inference.structure(structure.to);
  return inner.kind === "array" ? { kind: "slice", element: inner.element } : UNKNOWN;
}

function unaryType(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  const { field } = syntaxNumbers(tree.grammar);
  const operatorNode = childIn(tree, node, field.operator);
  const operand = childIn(tree, node, field.operand);
  if (operand === NONE || operatorNode === NONE) return UNKNOWN;
  const type = inference.typeOf(file, operand);
  switch (tree.textOf(operatorNode)) {
    case "&":
      return type.kind === "unknown" ? UNKNOWN : { kind: "pointer", to: type };
    case "*": {
      const structure = inference.structure(type);
      return structure.kind === "pointer" ? structure.to : UNKNOWN;
    }
    case "<-": {
      const structure = inference.structure(type);
      return structure.kind === "channel" ? structure.element : UNKNOWN;
    }
    default:
      return type;
  }
}

const UNTYPED_ORDER = ["untyped int", "untyped rune", "untyped float", "untyped complex"];

function binaryType(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  const { field } = syntaxNumbers(tree.grammar);
  const operatorNode = childIn(tree, node, field.operator);
  const operator = operatorNode === NONE ? "" : tree.textOf(operatorNode);
  if (/^([=!<>]=|<|>)$/.test(operator)) return basic("untyped bool");
  const leftNode = childIn(tree, node, field.left);
  const rightNode = childIn(tree, node, field.right);
  if (leftNode === NONE || rightNode === NONE) return UNKNOWN;
  const left = inference.typeOf(file, leftNode);
  if (operator === "<<" || operator === ">>") return shiftedType(left);
  const right = inference.typeOf(file, rightNode);
  if (!isUntyped(left)) return left.kind === "unknown" && !isUntyped(right) ? right : left;
  if (!isUntyped(right) || left.kind !== "basic" || right.kind !== "basic") return right;
  return UNTYPED_ORDER.indexOf(left.name) >= UNTYPED_ORDER.indexOf(right.name) ? left : right;
}

/** A shifted untyped constant takes a type from its context where the count is no constant. */
function shiftedType(left: GoType): GoType {
  return isUntyped(left)
    ? left.kind === "basic" && left.name === "untyped int"
      ? left
      : UNKNOWN
    : left;
}

/** A literal without its type inside another one: `{…}` in `[]T{{…}}` and in `map[K]*T{k: {…}}`. */
function literalValueType(inference: Inference, file: GoFile, tree: Tree, node: NodeId): GoType {
  const { kind, field } = syntaxNumbers(tree.grammar);
  const parent = tree.parent[node] ?? NONE;
  if (parent === NONE) return UNKNOWN;
  if (tree.kind[parent] === kind.composite_literal) return inference.typeOf(file, parent);
  if (tree.kind[parent] !== kind.literal_element) return UNKNOWN;
  const isKey = tree.field[parent] === field.key;
  let outer = tree.parent[parent] ?? NONE;
  if (outer !== NONE && tree.kind[outer] === kind.keyed_element) outer = tree.parent[outer] ?? NONE;
  if (outer === NONE || tree.kind[outer] !== kind.literal_value) return UNKNOWN;
  const around = inference.structure(inference.typeOf(file, outer));
  const structure = around.kind === "pointer" ? inference.structure(around.to) : around;
  if (structure.kind === "map") return isKey ? structure.key : structure.value;
  if (structure.kind === "slice" || structure.kind === "array") return structure.element;
  return UNKNOWN;
}

/** Whether an expression denotes a type, and which. */
export function denotedType(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  node: NodeId,
): GoType | undefined {
  const numbers = syntaxNumbers(tree.grammar);
  const { kind, field } = numbers;
  const inner = (at: NodeId) => (at === NONE ? undefined : inference.denotedType(file, at));
  switch (tree.kind[node]) {
    case kind.identifier:
    case kind.type_identifier: {
      const symbol = inference.symbolAt(file, node);
      return symbol?.kind === "type" ? inference.typeFrom(file, node) : undefined;
    }
    case kind.parenthesized_expression:
    case kind.parenthesized_type:
      return inner(firstNamed(tree, node));
    case kind.unary_expression: {
      const operator = tree.firstChild[node] ?? NONE;
      const to =
        tree.kind[operator] === numbers.token.star
          ? inner(childIn(tree, node, field.operand))
          : undefined;
      return to && { kind: "pointer", to };
    }
    case kind.selector_expression:
    case kind.qualified_type:
      return denotedByPackage(inference, file, tree, node, numbers);
    case kind.index_expression: {
      const base = inner(childIn(tree, node, field.operand));
      const argument = inner(childIn(tree, node, field.index));
      return base && argument && instantiate(inference, base, [argument]);
    }
    case kind.generic_type: {
      const base = childIn(tree, node, field.type);
      return inner(base) ? inference.typeFrom(file, node) : undefined;
    }
    case kind.type_instantiation_expression: {
      const base = childIn(tree, node, field.type);
      const types = tree.namedChildren(node).filter((at) => at !== base);
      const baseType = inner(base);
      return (
        baseType &&
        instantiate(
          inference,
          baseType,
          types.map((at) => inference.typeFrom(file, at)),
        )
      );
    }
    case kind.array_type:
    case kind.slice_type:
    case kind.map_type:
    case kind.channel_type:
    case kind.function_type:
    case kind.struct_type:
    case kind.interface_type:
    case kind.pointer_type:
      return inference.typeFrom(file, node);
    default:
      return undefined;
  }
}

function denotedByPackage(
  inference: Inference,
  file: GoFile,
  tree: Tree,
  node: NodeId,
  { field, kind }: SyntaxNumbers,
): GoType | undefined {
  const isType = tree.kind[node] === kind.qualified_type;
  const packageNode = childIn(tree, node, isType ? field.package : field.operand);
  const name = childIn(tree, node, isType ? field.name : field.field);
  if (packageNode === NONE || name === NONE) return undefined;
  const symbol = inference.symbolAt(file, packageNode);
  if (symbol?.kind !== "package") return undefined;
  return inference.exportedTypeName(symbol.path, tree.textOf(name));
}
