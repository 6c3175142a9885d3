import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { mayReject } from "./async-faults/may-reject.ts";
import { isCaught, ownNodes } from "./async-faults/own-nodes.ts";
import { handlesRejection } from "./handled-chain.ts";
import { firstNamed } from "./nodes.ts";
import { taskOf } from "./queue-tasks.ts";
import type { ModuleNode, TypeScriptResolver } from "./resolver.ts";
import { isSwallowed } from "./swallowed-chains.ts";
import { isRevalidation } from "./swr-revalidation.ts";

/**
 * Whether an async function catches everything that can go wrong in it, as far as texts show: it has handlers, and whatever it awaits,
 * returns or throws meets one of them, or comes from a function that catches everything too. Not modelled: what synchronous calls
 * outside of them may throw.
 */
export function neverRejects(
  of: ModuleNode,
  resolver: TypeScriptResolver,
  left: number = DEEPEST,
): boolean {
  const { tree } = of.module;
  const body = tree.childIn(of.node, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block") return false;
  let hasHandler = false;
  for (const node of ownNodes(tree, body)) {
    if (tree.kindOf(node) === "throw_statement" && !isCaught(tree, node, body)) return false;
    hasHandler ||=
      isHandler(tree, node) ||
      isHandedOn({ module: of.module, node }, resolver) ||
      (left > 1 && isOfCalm({ module: of.module, node }, resolver, left - 1));
  }
  return hasHandler && !mayReject(of, resolver);
}

/** Functions that hand on to others. */
const DEEPEST = 3;

/** `await remove(id);`, `return remove(id);`, where the called function catches everything itself. */
function isOfCalm(
  { module, node }: ModuleNode,
  resolver: TypeScriptResolver,
  left: number,
): boolean {
  const { tree } = module;
  if (!/^(?:await_expression|return_statement)$/.test(tree.kindOf(node))) return false;
  const value = firstNamed(tree, node);
  if (value === NONE || tree.kindOf(value) !== "call_expression") return false;
  const call = { module, node: value };
  if (isRevalidation(call, resolver)) return true;
  const callee = resolver.calleeOf(call);
  const called = callee.kind === "function" ? callee.function : taskOf(call, resolver);
  return called !== undefined && neverRejects(called, resolver, left);
}

/** A `try` with a `catch`, also in the functions of a list that is waited for, or an awaited chain with a handler. */
function isHandler(tree: Tree, node: NodeId): boolean {
  const kind = tree.kindOf(node);
  if (kind === "try_statement") return tree.childIn(node, "handler") !== NONE;
  if (
    kind === "await_expression" &&
    /^await\s+Promise\.all\([\s\S]*\bcatch\b/.test(tree.textOf(node))
  )
    return true;
  return kind === "await_expression" && handlesRejection(tree, firstNamed(tree, node));
}

/** `return load().catch(report);`. */
function isHandedOn({ module, node }: ModuleNode, resolver: TypeScriptResolver): boolean {
  if (module.tree.kindOf(node) !== "return_statement") return false;
  const value = firstNamed(module.tree, node);
  return value !== NONE && isSwallowed({ module, node: value }, resolver);
}
