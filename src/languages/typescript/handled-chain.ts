import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { argumentsOf, unwrapped } from "./nodes.ts";

const CHAIN_METHODS: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/**
 * Whether a chain of `.then`, `.catch` and `.finally` has somewhere a handler for rejections: `.catch(f)` or
 * `.then(f, g)`. Who writes one has thought of the rejection, even where a later callback could throw again.
 */
export function handlesRejection(tree: Tree, expression: NodeId): boolean {
  let node = unwrapped(tree, expression);
  while (node !== NONE && tree.kindOf(node) === "call_expression") {
    const callee = unwrapped(tree, tree.childIn(node, "function"));
    if (callee === NONE || tree.kindOf(callee) !== "member_expression") return false;
    const method = tree.textOf(tree.childIn(callee, "property"));
    if (!CHAIN_METHODS.has(method)) return false;
    const given = argumentsOf(tree, node);
    if (method === "catch" && isHandler(tree, given[0])) return true;
    if (method === "then" && isHandler(tree, given[1])) return true;
    node = unwrapped(tree, tree.childIn(callee, "object"));
  }
  return false;
}

function isHandler(tree: Tree, argument: NodeId | undefined): boolean {
  if (argument === undefined) return false;
  const kind = tree.kindOf(argument);
  return kind !== "undefined" && kind !== "null" && kind !== "string" && kind !== "number";
}
