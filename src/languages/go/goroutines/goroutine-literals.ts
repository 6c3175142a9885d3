import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";

/** The statement or call that runs a function literal as a goroutine: `go func() {…}()`, `group.Go(func() {…})`; NONE otherwise. */
export function startOf(tree: Tree, literal: NodeId): NodeId {
  const parent = tree.parentOf(literal);
  if (tree.kindOf(parent) === "call_expression") {
    const statement = tree.parentOf(parent);
    return tree.kindOf(statement) === "go_statement" ? statement : NONE;
  }
  const call = tree.kindOf(parent) === "argument_list" ? tree.parentOf(parent) : NONE;
  const callee = call === NONE ? NONE : tree.childIn(call, "function");
  return callee !== NONE && /\.(?:Try)?Go$/.test(tree.textOf(callee)) ? call : NONE;
}

/** `func() {…}()` and `defer func() {…}()`: the literal runs where it is written. */
export function isInPlace(tree: Tree, literal: NodeId): boolean {
  const call = tree.parentOf(literal);
  return tree.kindOf(call) === "call_expression" && tree.childIn(call, "function") === literal;
}
