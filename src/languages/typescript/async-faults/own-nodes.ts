import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { FUNCTION_KINDS } from "../module-index.ts";

/** Every node below one, in source order, without what stands in functions inside of it. */
export function* ownNodes(tree: Tree, root: NodeId): Generator<NodeId> {
  const end = tree.afterSubtree(root);
  for (let node = root + 1; node < end; node++) {
    if (FUNCTION_KINDS.has(tree.kindOf(node))) node = tree.afterSubtree(node) - 1;
    else yield node;
  }
}

/** Whether a node stands in the body of a `try` with a `catch`, below a given node. */
export function isCaught(tree: Tree, node: NodeId, below: NodeId): boolean {
  let inner = node;
  for (let at = tree.parentOf(node); at !== NONE && inner !== below; at = tree.parentOf(at)) {
    if (
      tree.kindOf(at) === "try_statement" &&
      tree.childIn(at, "body") === inner &&
      tree.childIn(at, "handler") !== NONE
    )
      return true;
    inner = at;
  }
  return false;
}
