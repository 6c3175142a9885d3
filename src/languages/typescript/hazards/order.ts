import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { FUNCTION_KINDS } from "../module-index.ts";
import { namedNodes } from "../nodes.ts";
import type { TypeScriptModule, TypeScriptResolver } from "../resolver.ts";
import { isWithin } from "./syntax.ts";

const BLOCKS: ReadonlySet<string> = new Set(["statement_block", "switch_case", "program"]);

/**
 * Whether the way from one node of a function goes on to a later one: it stands in the same block, deeper in it, or behind a block
 * that doesn't leave. Branches are not told apart by their conditions.
 */
export function leadsTo(tree: Tree, first: NodeId, second: NodeId): boolean {
  if (second <= first) return false;
  let inner = first;
  for (let at = tree.parentOf(first); at !== NONE; at = tree.parentOf(at)) {
    if (FUNCTION_KINDS.has(tree.kindOf(at))) return isWithin(tree, second, at);
    if (BLOCKS.has(tree.kindOf(at))) {
      if (isWithin(tree, second, at)) return second >= tree.afterSubtree(inner);
      if (leaves(tree, at)) return false;
    }
    inner = at;
  }
  return false;
}

/** Whether a block (or a statement that stands for one) ends by leaving. */
export function leaves(tree: Tree, block: NodeId): boolean {
  const last = tree.kindOf(block) === "statement_block" ? namedNodes(tree, block).at(-1) : block;
  return (
    last !== undefined && /^(?:return|throw|continue|break)_statement$/.test(tree.kindOf(last))
  );
}

/** A field of `this`, or a name that the function does not declare itself: what several runs of it have in common. */
export function isSharedPlace(
  module: TypeScriptModule,
  place: NodeId,
  resolver: TypeScriptResolver,
): boolean {
  const { tree } = module;
  if (tree.kindOf(place) === "member_expression")
    return tree.kindOf(tree.childIn(place, "object")) === "this";
  if (tree.kindOf(place) !== "identifier") return false;
  const variable = resolver.variableAt({ module, node: place });
  return (
    variable !== undefined &&
    /^(?:const|let|var)$/.test(variable.kind) &&
    variable.function !== enclosingFunction(tree, place)
  );
}

/** For a pattern about a place: its text, so that it matches as a whole. */
export function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/^(?=\w)/, "\\b");
}
