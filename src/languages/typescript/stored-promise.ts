import { NONE } from "../../syntax/tree.ts";
import { indexOf } from "./module-index.ts";
import { firstNamed, hasToken, unwrapped } from "./nodes.ts";
import type { ModuleNode } from "./resolver.ts";

/**
 * Whether all that a function hands out is a promise that its object keeps: `return this.promise`. Who made it has given it to those
 * who wait. Not what the function itself has put there.
 */
export function handsOutStored({ module: { tree }, node: of }: ModuleNode): boolean {
  if (hasToken(tree, of, "async")) return false;
  const values = (indexOf(tree).returns.get(of) ?? [])
    .map((statement) => unwrapped(tree, firstNamed(tree, statement)))
    .filter((value) => value !== NONE);
  if (values.length === 0 || values.some((value) => tree.kindOf(value) !== "member_expression"))
    return false;
  const stored = new Set(values.map((value) => tree.textOf(value)));
  const end = tree.afterSubtree(of);
  const { assignments, augmented } = indexOf(tree);
  return ![...assignments, ...augmented].some(
    (node) => node > of && node < end && stored.has(tree.textOf(tree.childIn(node, "left"))),
  );
}
