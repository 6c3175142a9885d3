import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { firstNamed, namedNodes } from "./nodes.ts";

/**
 * The expressions whose value an expression may have: the branches of `?:`, the right of `&&`, both sides of `||` and
 * `??`, the last of a sequence. `dropped`: the value is thrown away, so that every part of a sequence counts, and what is only tested does not.
 */
export function valueLeaves(tree: Tree, expression: NodeId, dropped: boolean): NodeId[] {
  const leaves: NodeId[] = [];
  const open = [expression];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === NONE) continue;
    switch (tree.kindOf(node)) {
      case "ternary_expression":
        open.push(tree.childIn(node, "alternative"), tree.childIn(node, "consequence"));
        break;
      case "sequence_expression": {
        const parts = namedNodes(tree, node);
        open.push(...(dropped ? parts.reverse() : parts.slice(-1)));
        break;
      }
      case "binary_expression": {
        const word = tree.kindOf(tree.childIn(node, "operator"));
        if (word !== "&&" && word !== "||" && word !== "??") leaves.push(node);
        else {
          open.push(tree.childIn(node, "right"));
          if (word !== "&&" && !dropped) open.push(tree.childIn(node, "left"));
        }
        break;
      }
      case "parenthesized_expression": {
        const inner = firstNamed(tree, node);
        if (inner !== NONE && BRANCHING.has(tree.kindOf(inner))) open.push(inner);
        else leaves.push(node);
        break;
      }
      default:
        leaves.push(node);
    }
  }
  return leaves;
}

const BRANCHING: ReadonlySet<string> = new Set([
  "ternary_expression",
  "sequence_expression",
  "binary_expression",
  "parenthesized_expression",
]);
