import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { namedNodes } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";

/**
 * Whether an async function catches everything that can go wrong in it, as far as its own text shows: all awaits stand in a `try` whose
 * `catch` neither throws nor awaits. Not modelled: what synchronous calls outside of it, or in the `catch`, may throw.
 */
export function neverRejects({ module: { tree }, node }: ModuleNode): boolean {
  const body = tree.childIn(node, "body");
  if (body === NONE || tree.kindOf(body) !== "statement_block") return false;
  const statements = namedNodes(tree, body);
  return (
    statements.some((statement) => tree.kindOf(statement) === "try_statement") &&
    statements.every((statement) => isSafe(tree, statement))
  );
}

function isSafe(tree: Tree, statement: NodeId): boolean {
  if (tree.kindOf(statement) !== "try_statement") return !holds(tree, statement, REJECTING);
  const handler = tree.childIn(statement, "handler");
  if (handler === NONE || holds(tree, handler, REJECTING)) return false;
  const finalizer = tree.childIn(statement, "finalizer");
  return finalizer === NONE || !holds(tree, finalizer, REJECTING);
}

const REJECTING: ReadonlySet<string> = new Set(["throw_statement", "await_expression"]);

function holds(tree: Tree, node: NodeId, kinds: ReadonlySet<string>): boolean {
  const end = tree.afterSubtree(node);
  for (let at = node; at < end; at++) {
    if (kinds.has(tree.kindOf(at))) return true;
  }
  return false;
}
