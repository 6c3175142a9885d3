import type { Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import type { GoVariable } from "../type.ts";
import { noteElementRead, noteRead } from "./accesses.ts";
import { boundOf } from "./bounds.ts";
import { evaluateLiteral } from "./composite-literal.ts";
import { chainOf, jumpIf, operatorOf } from "./conditions.ts";
import { letEscape } from "./escape.ts";
import { initializerOf } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";
import {
  elementPath,
  embeddedPath,
  fieldPath,
  pathOf,
  selectedPath,
  shortText,
  UNKNOWN_VALUE,
  variablePath,
} from "./paths.ts";
import { performCall } from "./perform-call.ts";
import { prepareCall } from "./prepare-call.ts";
import { functionIdAt } from "./unit-context.ts";

/**
 * Emits what evaluating an expression does, in Go's order, and says what the value is. Where `target` is given, what the
 * expression makes gets that name; the value is then the path `target` itself.
 */
export function evaluate(lowering: Lowering, node: NodeId, target: AccessPath | undefined): Value {
  const expression = lowering.bare(node);
  switch (lowering.kind(expression)) {
    case "":
      return UNKNOWN_VALUE;
    case "identifier":
      return read(lowering, expression, evaluateName(lowering, expression));
    case "selector_expression":
      return read(lowering, expression, evaluateSelector(lowering, expression));
    case "call_expression": {
      const call = prepareCall(lowering, expression);
      return performCall(lowering, expression, call, target ? [target] : []);
    }
    case "unary_expression":
      return evaluateUnary(lowering, expression, target);
    case "binary_expression":
      return evaluateBinary(lowering, expression);
    case "func_literal": {
      const id = functionIdAt(lowering.file, lowering.tree, expression);
      return { kind: "function", function: id };
    }
    case "composite_literal":
      return evaluateLiteral(lowering, expression, target);
    case "index_expression":
      return evaluateIndex(lowering, expression);
    case "type_assertion_expression":
    case "type_conversion_expression":
      return lowering.evaluate(lowering.child(expression, "operand"));
    case "slice_expression":
      return evaluateSlice(lowering, expression);
    case "nil":
      return { kind: "nil" };
    case "int_literal":
    case "float_literal":
    case "rune_literal":
    case "true":
    case "false":
    case "iota":
      return { kind: "constant", text: lowering.text(expression) };
    case "interpreted_string_literal":
    case "raw_string_literal":
      return { kind: "constant", text: shortText(lowering, expression) };
    case "imaginary_literal":
      return UNKNOWN_VALUE;
    default:
      return evaluateParts(lowering, expression);
  }
}

function read(lowering: Lowering, node: NodeId, value: Value): Value {
  noteRead(lowering, node, value);
  return value;
}

function evaluateName(lowering: Lowering, node: NodeId): Value {
  const { unit, file } = lowering;
  const symbol = unit.resolver.symbolAt(file, node);
  switch (symbol?.kind) {
    case "variable": {
      const alias = aliasOf(lowering, symbol.variable);
      return { kind: "path", path: alias ?? variablePath(lowering, symbol.variable) };
    }
    case "constant": {
      const known = boundOf(lowering, node) ?? "";
      return { kind: "constant", text: /^\d+$/.test(known) ? known : symbol.name };
    }
    case "function": {
      const id = unit.declarationId(symbol.declaration);
      return id === undefined ? UNKNOWN_VALUE : { kind: "function", function: id };
    }
    case "builtin":
      return symbol.name === "nil" ? { kind: "nil" } : UNKNOWN_VALUE;
    default:
      return UNKNOWN_VALUE;
  }
}

/**
 * `mu := &h.mu`: as long as neither `mu` nor `h` is assigned again, `mu` is `h.mu`. A copy of a pointer field is not followed:
 * the field may get another value.
 */
function aliasOf(lowering: Lowering, variable: GoVariable): AccessPath | undefined {
  if (variable.role !== "local" || variable.file !== lowering.file) return undefined;
  return lowering.unit.aliasOf(variable, () => {
    const initial = initializerOf(lowering.tree, variable.node);
    if (!initial || initial.isShared) return undefined;
    const value = lowering.bare(initial.value);
    if (lowering.kind(value) !== "unary_expression" || operatorOf(lowering, value) !== "&")
      return undefined;
    const operand = lowering.bare(lowering.child(value, "operand"));
    const kind = lowering.kind(operand);
    if ((kind !== "selector_expression" && kind !== "identifier") || variable.isReassigned())
      return undefined;
    const path = lowering.peek(operand);
    if (path.kind !== "path" || path.path.root.kind !== "variable") return undefined;
    const { root } = path.path;
    // Taking its address counts as reassigning a variable, which does not matter to the variable itself.
    return kind === "identifier" || !root.variable.isReassigned
      ? { ...path.path, text: variable.name }
      : undefined;
  });
}

function evaluateSelector(lowering: Lowering, node: NodeId): Value {
  const { unit, file } = lowering;
  const operand = lowering.child(node, "operand");
  const field = lowering.child(node, "field");
  if (operand === NONE || field === NONE) return evaluateParts(lowering, node);
  const name = lowering.text(field);
  if (lowering.kind(operand) === "identifier") {
    const symbol = unit.resolver.symbolAt(file, operand);
    if (symbol?.kind === "package") return packageMember(lowering, symbol.path, name);
    if (symbol?.kind === "type") return UNKNOWN_VALUE;
  }
  const value = lowering.evaluate(operand);
  const base = pathOf(value, shortText(lowering, operand));
  const selection = unit.resolver.selectionAt(file, node);
  const baseType =
    selection && selection.through.length > 0
      ? unit.resolver.typeOf(file, operand)
      : ({ kind: "unknown" } as const);
  if (selection?.target.kind === "method") {
    const id = unit.declarationId(selection.target.declaration);
    const receiver: Value = {
      kind: "path",
      path: embeddedPath(lowering, base, baseType, selection),
    };
    if (id !== undefined) return { kind: "function", function: id, receiver };
  }
  if (selection?.target.kind !== "field" && isMethodValue(lowering, node)) {
    // `return mu.Unlock`: whoever gets the function has the object.
    letEscape(lowering, value, operand);
    const method = fieldPath(lowering, base, undefined, name);
    return base.root.kind === "unknown"
      ? UNKNOWN_VALUE
      : { kind: "path", path: { ...method, slot: undefined } };
  }
  return { kind: "path", path: selectedPath(lowering, base, baseType, selection, name) };
}

function isMethodValue({ unit, file }: Lowering, node: NodeId): boolean {
  return unit.resolver.typeOf(file, node).kind === "function";
}

/** A variable or function of another package (or of the unit itself, in its outside tests). */
function packageMember(lowering: Lowering, path: string, name: string): Value {
  const { unit, file } = lowering;
  if (path !== "" && path === unit.pkg.importPath) {
    const [own] = unit.pkg.lookup(name, unit.pkg.name);
    if (own?.kind === "function") {
      const id = unit.declarationId(own.declaration);
      return id === undefined ? UNKNOWN_VALUE : { kind: "function", function: id };
    }
    const symbol =
      own?.kind === "value" ? unit.resolver.symbolAt(own.file.path, own.value.node) : undefined;
    if (symbol?.kind === "variable")
      return { kind: "path", path: variablePath(lowering, symbol.variable) };
  }
  const variable = unit.foreignVariable(path, name, file);
  const text = `${path.slice(path.lastIndexOf("/") + 1)}.${name}`;
  return {
    kind: "path",
    path: { root: { kind: "variable", variable }, steps: [], text, slot: `${path}.${name}` },
  };
}

function evaluateUnary(lowering: Lowering, node: NodeId, target: AccessPath | undefined): Value {
  const operand = lowering.child(node, "operand");
  switch (operatorOf(lowering, node)) {
    case "<-":
      return receive(lowering, node, operand, undefined);
    case "&":
      return lowering.evaluate(operand, target);
    case "*":
      return lowering.evaluate(operand);
    case "-": {
      const value = lowering.evaluate(operand);
      return value.kind === "constant"
        ? { kind: "constant", text: `-${value.text}` }
        : UNKNOWN_VALUE;
    }
    default:
      lowering.evaluate(operand);
      return UNKNOWN_VALUE;
  }
}

/** `<-c`; the value is an element of nothing that can be followed. */
export function receive(
  lowering: Lowering,
  node: NodeId,
  operand: NodeId,
  ok: { readonly path: AccessPath | undefined } | undefined,
): Value {
  const channel = pathOf(lowering.evaluate(operand), shortText(lowering, operand));
  const binds = ok ? { bindsOk: true, ...(ok.path ? { ok: ok.path } : {}) } : {};
  lowering.emit({ kind: "receive", channel, ...binds, at: lowering.span(node) });
  return UNKNOWN_VALUE;
}

const COMPARING: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** Long chains `a + b + c` nest to the left and are read by a loop. */
function evaluateBinary(lowering: Lowering, node: NodeId): Value {
  const operator = operatorOf(lowering, node);
  if (operator === "&&" || operator === "||") return evaluateShortCircuit(lowering, node);
  const rights: NodeId[] = [];
  let at = node;
  let isCompared = false;
  while (lowering.kind(at) === "binary_expression") {
    const current = operatorOf(lowering, at);
    if (current === "&&" || current === "||") break;
    isCompared ||= COMPARING.has(current);
    rights.push(lowering.child(at, "right"));
    at = lowering.bare(lowering.child(at, "left"));
  }
  for (const part of [at, ...rights.reverse()]) {
    const value = lowering.evaluate(part);
    if (!isCompared) letEscape(lowering, value, part);
  }
  return UNKNOWN_VALUE;
}

/** `ok := a() && b()`: where the right side does something, it is a branch. */
function evaluateShortCircuit(lowering: Lowering, node: NodeId): Value {
  const { builder } = lowering;
  const parts = chainOf(lowering, node, operatorOf(lowering, node));
  if (builder.isCapturing || !parts.slice(1).some((part) => mayAct(lowering, part))) {
    for (const part of parts) lowering.evaluate(part);
    return UNKNOWN_VALUE;
  }
  const done = builder.newBlock("logic-done");
  jumpIf(lowering, node, done, done);
  builder.begin(done);
  return UNKNOWN_VALUE;
}

/** Whether an expression calls or receives. */
function mayAct(lowering: Lowering, node: NodeId): boolean {
  if (node === NONE) return false;
  const after = lowering.tree.afterSubtree(node);
  for (let at = node; at < after; at++) {
    const kind = lowering.kind(at);
    if (kind === "call_expression" || kind === "<-") return true;
  }
  return false;
}

function evaluateIndex(lowering: Lowering, node: NodeId): Value {
  const operand = lowering.child(node, "operand");
  const index = lowering.child(node, "index");
  const value = lowering.evaluate(operand);
  if (index === NONE) return UNKNOWN_VALUE;
  if (value.kind === "function") return value;
  letEscape(lowering, lowering.evaluate(index), index);
  noteElementRead(lowering, node, value);
  return {
    kind: "path",
    path: elementPath(lowering, pathOf(value, shortText(lowering, operand)), index),
  };
}

/** A part of a slice holds the same elements. */
function evaluateSlice(lowering: Lowering, node: NodeId): Value {
  let value: Value = UNKNOWN_VALUE;
  for (const [index, part] of lowering.children(node).entries()) {
    const found = lowering.evaluate(part);
    if (index === 0) value = found;
  }
  return value;
}

/** Anything else, damaged text included: its parts in order. */
function evaluateParts(lowering: Lowering, node: NodeId): Value {
  if (NO_EXPRESSIONS.has(lowering.kind(node))) return UNKNOWN_VALUE;
  for (const part of lowering.children(node)) letEscape(lowering, lowering.evaluate(part), part);
  return UNKNOWN_VALUE;
}

const NO_EXPRESSIONS: ReadonlySet<string> = new Set([
  "field_identifier",
  "label_name",
  "package_identifier",
  "type_identifier",
  "parameter_list",
  "qualified_type",
  "generic_type",
  "pointer_type",
  "struct_type",
  "interface_type",
  "array_type",
  "slice_type",
  "map_type",
  "channel_type",
  "function_type",
  "type_arguments",
]);
