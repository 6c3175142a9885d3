import type { Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import type { NodeId } from "../../../syntax/tree.ts";
import type { Lowering } from "./lowering.ts";

/**
 * Says that an object goes where no operation follows it: into a slice, an interface, another value. Only for channels, locks,
 * groups, functions, and structs that hold them.
 */
export function letEscape(lowering: Lowering, value: Value, node: NodeId, into?: AccessPath): void {
  if (isTracked(lowering, value, node))
    lowering.emit({
      kind: "escape",
      value,
      ...(into ? { into } : {}),
      at: lowering.span(node),
    });
}

/** Whether a value is a channel, lock, group, a function that may use one, or a struct that holds one. */
export function isTracked(lowering: Lowering, value: Value, node: NodeId): boolean {
  if (value.kind === "function") return true;
  if (value.kind !== "path" || value.path.root.kind === "unknown") return false;
  const expression = pointedAt(lowering, node);
  if (lowering.kind(expression) === "identifier") {
    const symbol = lowering.unit.resolver.symbolAt(lowering.file, expression);
    return symbol?.kind === "variable" && lowering.unit.isTracked(symbol.variable);
  }
  return lowering.unit.isTrackedExpression(lowering.file, expression);
}

/** `&c` is c as far as following it goes. */
function pointedAt(lowering: Lowering, node: NodeId): NodeId {
  const expression = lowering.bare(node);
  if (lowering.kind(expression) !== "unary_expression") return expression;
  const isAddress = lowering.kind(lowering.child(expression, "operator")) === "&";
  return isAddress ? lowering.bare(lowering.child(expression, "operand")) : expression;
}
