import type { NodeId, Tree } from "../../syntax/tree.ts";

/** The nodes of one kind, within a node or the whole file, in order; those nested in others included. */
export function nodesOfKind(tree: Tree, kind: string, within: NodeId = 0): NodeId[] {
  const number = tree.grammar.kind(kind);
  const after = tree.afterSubtree(within);
  const found: NodeId[] = [];
  for (let node = within; node < after; node++) if (tree.kind[node] === number) found.push(node);
  return found;
}
