import { NONE } from "../../syntax/tree.ts";
import { isCaught, ownNodes } from "./async-faults/own-nodes.ts";
import { beside } from "./inference.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";

/** Calls in a function that are looked into. */
const MOST_CALLS = 30;

/** A `throw` that nothing around catches, in the function or in one that it calls. */
export function throws(of: ModuleNode, resolver: TypeScriptResolver, looksInto = true): boolean {
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (body === NONE) return false;
  let calls = 0;
  for (const node of ownNodes(tree, body)) {
    const kind = tree.kindOf(node);
    if (kind === "throw_statement" && !isCaught(tree, node, body)) return true;
    if (kind !== "call_expression" || !looksInto || isCaught(tree, node, body)) continue;
    if (++calls > MOST_CALLS) return true;
    const callee = resolver.calleeOf(beside(of, node));
    if (callee.kind === "function" && throws(callee.function, resolver, false)) return true;
  }
  return false;
}
