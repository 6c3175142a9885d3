import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
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

/**
 * Whether a call gives back the object that it is called on, which whoever called it has already: `query.forEach(f)`, where the method
 * ends in `return this`.
 */
export function handsBackReceiver(
  { module: { tree }, node: call }: ModuleNode,
  { module: { tree: calledTree }, node: of }: ModuleNode,
): boolean {
  const callee = tree.kindOf(call) === "call_expression" ? tree.childIn(call, "function") : NONE;
  if (callee === NONE || tree.kindOf(callee) !== "member_expression") return false;
  if (!KEPT.has(tree.kindOf(unwrapped(tree, tree.childIn(callee, "object"))))) return false;
  return !hasToken(calledTree, of, "async") && returnsThis(calledTree, of);
}

const KEPT: ReadonlySet<string> = new Set(["this", "super", "identifier", "member_expression"]);

function returnsThis(tree: Tree, of: NodeId): boolean {
  const returns = indexOf(tree).returns.get(of) ?? [];
  return (
    returns.length > 0 &&
    returns.every((statement) => {
      const value = unwrapped(tree, firstNamed(tree, statement));
      return value !== NONE && tree.kindOf(value) === "this";
    })
  );
}
