import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";

/**
 * Whether a function literal is `defer func() { … }()` with nothing but straight statements inside. Its operations are those of
 * the deferred call, and it is no function of its own.
 */
export function isInlinedDefer(tree: Tree, literal: NodeId): boolean {
  if (tree.kindOf(literal) !== "func_literal") return false;
  const call = tree.parentOf(literal);
  if (call === NONE || tree.kindOf(call) !== "call_expression") return false;
  const statement = tree.parentOf(call);
  if (statement === NONE || tree.kindOf(statement) !== "defer_statement") return false;
  return (
    tree.childIn(call, "function") === literal &&
    isEmpty(tree, tree.childIn(call, "arguments")) &&
    isEmpty(tree, tree.childIn(literal, "parameters")) &&
    isStraight(tree, tree.childIn(literal, "body"))
  );
}

function isEmpty(tree: Tree, list: NodeId): boolean {
  return list !== NONE && tree.namedChildren(list).length === 0;
}

const BRANCHING: ReadonlySet<string> = new Set([
  "if_statement",
  "for_statement",
  "expression_switch_statement",
  "type_switch_statement",
  "select_statement",
  "return_statement",
  "defer_statement",
  "labeled_statement",
  "goto_statement",
  "func_literal",
  "&&",
  "||",
  "ERROR",
]);

function isStraight(tree: Tree, body: NodeId): boolean {
  if (body === NONE) return false;
  const after = tree.afterSubtree(body);
  for (let node = body; node < after; node++) if (BRANCHING.has(tree.kindOf(node))) return false;
  return true;
}
