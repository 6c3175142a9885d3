import { NONE } from "../../syntax/tree.ts";
import { FUNCTION_KINDS, indexOf } from "./module-index.ts";
import { unwrapped } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";

/**
 * The functions that a module puts in the place of one that an object began with:
 *
 *     const reporter = { capture: async () => {} };
 *     function init() { reporter.capture = async (error) => sink.send(error); }
 *
 * Empty where one of them is no function that is written there, so that nobody knows what runs.
 */
export function replacementsOf({ module, node: of }: ModuleNode): readonly ModuleNode[] {
  const { tree } = module;
  const pair = tree.parentOf(of);
  const holder = tree.kindOf(pair) === "pair" ? tree.parentOf(tree.parentOf(pair)) : NONE;
  if (holder === NONE || tree.kindOf(holder) !== "variable_declarator") return [];
  const place = `${tree.textOf(tree.childIn(holder, "name"))}.${tree.textOf(tree.childIn(pair, "key"))}`;
  const found = indexOf(tree)
    .assignments.filter((node) => tree.textOf(tree.childIn(node, "left")) === place)
    .map((node) => unwrapped(tree, tree.childIn(node, "right")));
  return found.every((node) => FUNCTION_KINDS.has(tree.kindOf(node)))
    ? found.map((node) => ({ module, node }))
    : [];
}
