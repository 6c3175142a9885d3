import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { FUNCTION_KINDS } from "./module-index.ts";

/** The function that a node stands in (the node itself excluded); NONE at module level, in field initialisers and static blocks. */
export function enclosingFunction(tree: Tree, node: NodeId): NodeId {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    if (FUNCTION_KINDS.has(kind)) return at;
    if (kind === "public_field_definition" || kind === "class_static_block") return NONE;
  }
  return NONE;
}
