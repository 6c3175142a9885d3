import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";

/** The identifiers that a binding pattern declares, in order; default values are not part of it. */
export function patternNames(tree: Tree, pattern: NodeId): NodeId[] {
  const names: NodeId[] = [];
  const open: NodeId[] = [pattern];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (tree.kindOf(node)) {
      case "identifier":
      case "shorthand_property_identifier_pattern":
        names.push(node);
        break;
      case "object_pattern":
      case "array_pattern":
      case "rest_pattern":
        open.push(...tree.namedChildren(node).reverse());
        break;
      case "pair_pattern":
        open.push(tree.childIn(node, "value"));
        break;
      case "object_assignment_pattern":
      case "assignment_pattern": {
        const left = tree.childIn(node, "left");
        if (left !== NONE) open.push(left);
      }
    }
  }
  return names;
}
