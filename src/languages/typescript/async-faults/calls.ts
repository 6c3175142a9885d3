import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { indexOf } from "../module-index.ts";
import { unwrapped } from "../nodes.ts";

/** A call `object.method(…)`. */
export interface MethodCall {
  readonly call: NodeId;
  readonly object: NodeId;
  readonly method: string;
  /** The name of the method. */
  readonly property: NodeId;
}

/** The call of a method that a node is; undefined for any other node. */
export function methodCall(tree: Tree, node: NodeId): MethodCall | undefined {
  if (node === NONE || tree.kindOf(node) !== "call_expression") return undefined;
  const callee = unwrapped(tree, tree.childIn(node, "function"));
  if (callee === NONE || tree.kindOf(callee) !== "member_expression") return undefined;
  const property = tree.childIn(callee, "property");
  const object = tree.childIn(callee, "object");
  if (property === NONE || object === NONE) return undefined;
  return { call: node, object, property, method: tree.textOf(property) };
}

/** The method calls of a tree, in order. */
export function methodCalls(tree: Tree): MethodCall[] {
  return indexOf(tree).calls.flatMap((node) => methodCall(tree, node) ?? []);
}

/** The calls of statics of Promise: `Promise.all(…)`. */
export function promiseStatics(tree: Tree): MethodCall[] {
  return methodCalls(tree).filter(
    ({ object }) => tree.kindOf(object) === "identifier" && tree.textOf(object) === "Promise",
  );
}
