import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { argumentsOf, namedNodes, unwrapped } from "./nodes.ts";

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
    if (!CHAIN_METHODS.has(method)) return areHandled(tree, node);
    const given = argumentsOf(tree, node);
    if (method === "catch" && isHandler(tree, given[0])) return true;
    if (method === "then" && isHandler(tree, given[1])) return true;
    node = unwrapped(tree, tree.childIn(callee, "object"));
  }
  return false;
}

/** `Promise.all(items.map((item) => save(item).catch(report)))`, or a list of such. */
function areHandled(tree: Tree, call: NodeId): boolean {
  if (!COMBINATOR.test(tree.textOf(tree.childIn(call, "function")))) return false;
  const [list] = argumentsOf(tree, call);
  if (list === undefined) return false;
  if (tree.kindOf(list) === "array") {
    const parts = namedNodes(tree, list);
    return parts.length > 0 && parts.every((part) => handlesRejection(tree, part));
  }
  return mapsToHandled(tree, list);
}

/** `items.map((item) => save(item).catch(report))`: each promise of the list has a handler. */
export function mapsToHandled(tree: Tree, list: NodeId): boolean {
  const callee = tree.kindOf(list) === "call_expression" ? tree.childIn(list, "function") : NONE;
  if (callee === NONE || !/\.(?:map|flatMap)$/.test(tree.textOf(callee))) return false;
  const [callback] = argumentsOf(tree, list);
  if (callback === undefined || tree.kindOf(callback) !== "arrow_function") return false;
  const body = tree.childIn(callback, "body");
  return body !== NONE && handlesRejection(tree, body);
}

const COMBINATOR = /^Promise\.(?:all|any|race)$/;

function isHandler(tree: Tree, argument: NodeId | undefined): boolean {
  if (argument === undefined) return false;
  const kind = tree.kindOf(argument);
  return kind !== "undefined" && kind !== "null" && kind !== "string" && kind !== "number";
}
