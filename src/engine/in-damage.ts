import type { Place } from "../core/position.ts";
import type { Workspace } from "../languages/language.ts";
import { isDamaged } from "../syntax/damage.ts";
import { NONE, type NodeId, type Tree } from "../syntax/tree.ts";

/** Functions of every kind, as grammars call them: `func_literal`, `arrow_function`, `method_definition`, … */
const FUNCTION = /func|method_de/;

/**
 * Whether a place lies in what could not be understood: in a function with a syntax error inside, or outside of functions in
 * a declaration with one.
 */
export function isInDamage({ file, start }: Place, workspace: Pick<Workspace, "parse">): boolean {
  const tree = workspace.parse(file);
  if (!tree || tree.damage.length === 0) return false;
  let outermost: NodeId = 0;
  for (let node = tree.nodeAt(start); node > 0; node = tree.parent[node] ?? NONE) {
    if (tree.isNamed(node) && FUNCTION.test(tree.kindOf(node)) && hasBody(tree, node))
      return isDamaged(tree, node);
    outermost = node;
  }
  return outermost !== 0 && isDamaged(tree, outermost);
}

/** Types of functions, and methods of interfaces, have none. */
function hasBody(tree: Tree, node: NodeId): boolean {
  return tree.childIn(node, "body") !== NONE;
}
