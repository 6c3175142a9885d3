import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { FUNCTION_KINDS } from "./module-index.ts";

/** Whether a syntax error lies in the function (or, outside of functions, the statement) around a node: then it is not judged. */
export function isDamaged(tree: Tree, node: NodeId): boolean {
  if (tree.damage.length === 0) return false;
  let around = node;
  for (let at = node; at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (kind === "ERROR") return true;
    if (kind.endsWith("_statement") || kind.endsWith("_declaration")) around = at;
    if (FUNCTION_KINDS.has(kind)) {
      around = at;
      break;
    }
  }
  const { start, end } = tree.spanOf(around);
  return tree.damage.some((span) => span.start < end && span.end >= start);
}
