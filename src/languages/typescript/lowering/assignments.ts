import type { Value } from "../../../model/operation.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { unwrapped } from "../nodes.ts";
import { branchOnNil } from "./conditions.ts";
import { noteRelease } from "./lock-calls.ts";
import { type Lowering, NIL_VALUE, UNKNOWN_VALUE } from "./lowering.ts";
import { type NamedPath, pathOf } from "./paths.ts";
import { bindPattern } from "./patterns.ts";
import { emitRead, isShared } from "./shared.ts";
import { compositeOf, eitherOf } from "./values.ts";

/** `target = value`: what the target stands in is evaluated first, then the value. */
export function lowerAssignment(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  const left = unwrapped(tree, tree.childIn(node, "left"));
  const right = tree.childIn(node, "right");
  if (left === NONE || right === NONE) return UNKNOWN_VALUE;
  const kind = tree.kindOf(left);
  if (kind === "object_pattern" || kind === "array_pattern") {
    const value = lowering.expression(right);
    bindPattern(lowering, left, value, node);
    return value;
  }
  const target = targetOf(lowering, left);
  const value = lowering.expression(right);
  if (target) {
    noteRelease(lowering, left, right);
    store(lowering, target, value, node);
  }
  return value;
}

/** `x += y` and the like, and `x ??= y`, which assigns on one way only. */
export function lowerCompound(lowering: Lowering, node: NodeId): Value {
  const { tree } = lowering;
  const left = unwrapped(tree, tree.childIn(node, "left"));
  const right = tree.childIn(node, "right");
  if (left === NONE || right === NONE) return UNKNOWN_VALUE;
  const operator = tree.kindOf(tree.childIn(node, "operator"));
  if (operator === "??=" || operator === "||=" || operator === "&&=")
    return lowerLogicalAssignment(lowering, node, operator, left, right);
  const target = targetOf(lowering, left);
  if (target) emitRead(lowering, left, target);
  const value = lowering.expression(right);
  const old: Value = target ? { kind: "path", path: target.path } : UNKNOWN_VALUE;
  const sum = compositeOf(lowering, node, [old, value]);
  if (target) store(lowering, target, sum, node, true);
  return sum;
}

function lowerLogicalAssignment(
  lowering: Lowering,
  node: NodeId,
  operator: "??=" | "||=" | "&&=",
  left: NodeId,
  right: NodeId,
): Value {
  const { blocks } = lowering;
  const assign = blocks.newBlock("if-then");
  const after = blocks.newBlock("body");
  if (operator === "??=") branchOnNil(lowering, left, assign, after);
  else if (operator === "||=") lowering.branch(left, after, assign);
  else lowering.branch(left, assign, after);
  blocks.begin(assign);
  const target = pathOf(lowering, left);
  const value = lowering.expression(right);
  if (target) store(lowering, target, value, node);
  blocks.goTo(after);
  blocks.begin(after);
  const old: Value = target ? { kind: "path", path: target.path } : UNKNOWN_VALUE;
  return eitherOf(lowering, node, [old, value]);
}

/** `x++`. */
export function lowerUpdate(lowering: Lowering, node: NodeId): Value {
  const operand = unwrapped(lowering.tree, lowering.tree.childIn(node, "argument"));
  if (operand === NONE) return UNKNOWN_VALUE;
  const target = targetOf(lowering, operand);
  if (target) {
    emitRead(lowering, operand, target);
    store(lowering, target, UNKNOWN_VALUE, node, true);
  }
  return UNKNOWN_VALUE;
}

/** `delete x.y`. */
export function lowerDelete(lowering: Lowering, node: NodeId, operand: NodeId): Value {
  const target = targetOf(lowering, unwrapped(lowering.tree, operand));
  if (target) store(lowering, target, NIL_VALUE, node);
  return UNKNOWN_VALUE;
}

/** Gives a name a value: a write where others see it, a mere assignment where not. */
export function store(
  lowering: Lowering,
  target: NamedPath,
  value: Value,
  node: NodeId,
  isCompound = false,
): void {
  const at = lowering.spanOf(node);
  if (!isShared(lowering, target))
    lowering.emit({ kind: "assign", target: target.path, value, at });
  else if (isCompound) lowering.emit({ kind: "write", path: target.path, value, isCompound, at });
  else lowering.emit({ kind: "write", path: target.path, value, at });
}

/** The place that is assigned; evaluates what it stands in. */
function targetOf(lowering: Lowering, left: NodeId): NamedPath | undefined {
  const { tree } = lowering;
  const index = tree.kindOf(left) === "subscript_expression" ? tree.childIn(left, "index") : NONE;
  const named = pathOf(lowering, left);
  if (!named) {
    const object = LINKS.has(tree.kindOf(left)) ? tree.childIn(left, "object") : NONE;
    if (object !== NONE) lowering.expression(object);
  }
  if (index !== NONE) lowering.expression(index);
  return named;
}

const LINKS: ReadonlySet<string> = new Set(["member_expression", "subscript_expression"]);
