import type { Capacity } from "../../../model/operation.ts";
import { pathKey } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { initializerOf } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import { isSteady, pathOf } from "./paths.ts";

/** How far a bound is followed through the initial values of names. */
const STEPS = 4;

/**
 * The canonical text of a number that stays the same: a literal, a parameter or local that is never reassigned, a field of one, or
 * the length of one. Two loops and buffers with equal texts have equal sizes; undefined where nothing is known.
 */
export function boundOf(lowering: Lowering, node: NodeId, steps = STEPS): string | undefined {
  const expression = lowering.bare(node);
  switch (lowering.kind(expression)) {
    case "int_literal":
      return numberText(lowering.text(expression));
    case "identifier":
      return boundOfName(lowering, expression, steps);
    case "selector_expression":
      return steadyField(lowering, expression);
    case "call_expression": {
      const subject = lengthSubject(lowering, expression);
      return subject === NONE ? undefined : lengthBound(lowering, subject, steps);
    }
    case "binary_expression":
      return offsetBound(lowering, expression, steps);
    default:
      return undefined;
  }
}

/** `n - 1`, `len(x) + 1`: a bound and how far from it. */
function offsetBound(lowering: Lowering, node: NodeId, steps: number): string | undefined {
  const operator = lowering.kind(lowering.child(node, "operator"));
  if (operator !== "+" && operator !== "-") return undefined;
  const offset = numberText(lowering.text(lowering.child(node, "right")));
  const base =
    offset === undefined ? undefined : boundOf(lowering, lowering.child(node, "left"), steps);
  if (base === undefined || /[+-]\d+$/.test(base)) return undefined;
  if (!/^\d+$/.test(base)) return `${base}${operator}${offset}`;
  const sum = operator === "+" ? Number(base) + Number(offset) : Number(base) - Number(offset);
  return String(Math.max(sum, 0));
}

/** The canonical text of the number of elements of something that stays as it is. */
export function lengthBound(lowering: Lowering, node: NodeId, steps = STEPS): string | undefined {
  const expression = lowering.bare(node);
  if (lowering.kind(expression) === "composite_literal") return countElements(lowering, expression);
  if (lowering.kind(expression) === "selector_expression") {
    const field = steadyField(lowering, expression);
    return field && `len(${field})`;
  }
  if (lowering.kind(expression) !== "identifier") return undefined;
  const symbol = lowering.unit.resolver.symbolAt(lowering.file, expression);
  if (symbol?.kind !== "variable" || !isSteady(lowering, symbol.variable)) return undefined;
  const value = initialValue(lowering, symbol.variable.file, symbol.variable.node);
  const known = value === NONE || steps === 0 ? undefined : madeLength(lowering, value, steps - 1);
  return known ?? `len(${lowering.unit.variable(symbol.variable).id})`;
}

/** `e.shards`, of a variable that stays the same, where the declaration around it assigns no field of that name. */
function steadyField(lowering: Lowering, selector: NodeId): string | undefined {
  let root = selector;
  while (lowering.kind(root) === "selector_expression") {
    const field = lowering.text(lowering.child(root, "field"));
    if (lowering.region.assignedFields.has(field)) return undefined;
    root = lowering.bare(lowering.child(root, "operand"));
  }
  if (lowering.kind(root) !== "identifier") return undefined;
  const symbol = lowering.unit.resolver.symbolAt(lowering.file, root);
  if (symbol?.kind !== "variable" || !isSteady(lowering, symbol.variable)) return undefined;
  const path = pathOf(lowering.peek(selector), "");
  return pathKey(path);
}

/** The size of a channel's buffer. */
export function capacityOf(lowering: Lowering, node: NodeId): Capacity {
  if (node === NONE) return { kind: "known", value: 0 };
  const text = boundOf(lowering, node);
  if (text === undefined) return { kind: "unknown", written: lowering.text(node) };
  return /^\d+$/.test(text) ? { kind: "known", value: Number(text) } : { kind: "expression", text };
}

/** `len(x)` as something that a condition compares; undefined where x is a channel or cannot be followed. */
export function lengthOf(
  lowering: Lowering,
  call: NodeId,
): { readonly key: string; readonly reads: readonly string[] } | undefined {
  const subject = lengthSubject(lowering, call);
  if (subject === NONE) return undefined;
  const kind = lowering.kind(lowering.bare(subject));
  if (kind !== "identifier" && kind !== "selector_expression") return undefined;
  const value = lowering.peek(subject);
  const key = value.kind === "path" ? pathKey(value.path) : undefined;
  if (key === undefined) return undefined;
  const type = lowering.unit.resolver.typeOf(lowering.file, subject);
  if (lowering.unit.objectOf(type) === "channel") return undefined;
  return { key: `len(${key})`, reads: [key] };
}

/** The x of `len(x)`; NONE for anything else. */
export function lengthSubject(lowering: Lowering, call: NodeId): NodeId {
  const called = lowering.child(call, "function");
  if (lowering.kind(called) !== "identifier" || lowering.text(called) !== "len") return NONE;
  const [subject] = lowering.children(lowering.child(call, "arguments"));
  return subject ?? NONE;
}

function boundOfName(lowering: Lowering, name: NodeId, steps: number): string | undefined {
  const symbol = lowering.unit.resolver.symbolAt(lowering.file, name);
  if (symbol?.kind === "constant") {
    const value = initialValue(lowering, symbol.file, symbol.node);
    const text = value === NONE ? "" : (lowering.unit.treeOf(symbol.file)?.textOf(value) ?? "");
    return numberText(text) ?? `${symbol.file}.${symbol.name}`;
  }
  if (symbol?.kind !== "variable" || !isSteady(lowering, symbol.variable)) return undefined;
  const { file, node } = symbol.variable;
  const value = file === lowering.file ? initialValue(lowering, file, node) : NONE;
  const known = value === NONE || steps === 0 ? undefined : boundOf(lowering, value, steps - 1);
  return known ?? lowering.unit.variable(symbol.variable).id;
}

/** Length of a value as it is made: `make([]T, n)`, `[]T{a, b}`. */
function madeLength(lowering: Lowering, node: NodeId, steps: number): string | undefined {
  const expression = lowering.bare(node);
  if (lowering.kind(expression) === "composite_literal") return countElements(lowering, expression);
  if (lowering.kind(expression) !== "call_expression") return undefined;
  const called = lowering.child(expression, "function");
  const [type, length, ...more] = lowering.children(lowering.child(expression, "arguments"));
  if (lowering.kind(called) !== "identifier" || lowering.text(called) !== "make") return undefined;
  if (type === undefined || length === undefined || more.length > 0) return undefined;
  return lowering.kind(type) === "slice_type" ? boundOf(lowering, length, steps) : undefined;
}

/** Number of elements of a slice or array literal without keys. */
function countElements(lowering: Lowering, literal: NodeId): string | undefined {
  const type = lowering.kind(lowering.child(literal, "type"));
  if (type !== "slice_type" && type !== "implicit_length_array_type") return undefined;
  const elements = lowering.children(lowering.child(literal, "body"));
  const isPlain = elements.every((element) => lowering.kind(element) === "literal_element");
  return isPlain ? String(elements.length) : undefined;
}

/** The one expression that a name of the file begins with; NONE where there is none. */
function initialValue(lowering: Lowering, file: string, name: NodeId): NodeId {
  const tree = lowering.unit.treeOf(file);
  const initial = tree && initializerOf(tree, name);
  if (!tree || !initial || initial.isShared) return NONE;
  return initial.value;
}

function numberText(text: string): string | undefined {
  return /^\d+$/.test(text) ? String(Number(text)) : undefined;
}
