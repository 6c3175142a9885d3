import type { Value } from "../../../model/operation.ts";
import type { NodeId } from "../../../syntax/tree.ts";
import { type Lowering, NIL_VALUE, UNKNOWN_VALUE } from "./lowering.ts";

/** A value made of others: a site that they are assigned to, or unknown where none of them can be followed. */
export function compositeOf(lowering: Lowering, node: NodeId, parts: readonly Value[]): Value {
  const followed = parts.filter(isFollowed);
  if (followed.length === 0 || isUnused(lowering, node)) return UNKNOWN_VALUE;
  const target = lowering.site(node);
  const at = lowering.spanOf(node);
  for (const value of followed) lowering.emit({ kind: "assign", target, value, at });
  return { kind: "path", path: target };
}

/** One of several values; equal ones are one. */
export function eitherOf(lowering: Lowering, node: NodeId, values: readonly Value[]): Value {
  const [first] = values;
  if (first && values.length === 1) return first;
  if (values.length > 0 && values.every(({ kind }) => kind === "nil")) return NIL_VALUE;
  return compositeOf(lowering, node, values);
}

/** Whether a value says where it comes from. */
export function isFollowed({ kind }: Value): boolean {
  return kind === "path" || kind === "function";
}

function isUnused({ tree }: Lowering, node: NodeId): boolean {
  return tree.kindOf(tree.parentOf(node)) === "expression_statement";
}
