import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { isDamaged } from "../damage.ts";
import { indexOf } from "../module-index.ts";
import { modulesOfInterest, placeOf } from "./syntax.ts";

/** A pool of database connections whose errors nobody listens to. */
export interface UnheardPool {
  readonly at: Place;
}

const INTEREST = /\bfrom\s*["']pg["']|\brequire\(\s*["']pg["']\s*\)/;
/** In these a crash is an error message, and the pool lives as long as they run. */
const SCRIPT = /(?:^|\/)(?:scripts?|bin|cli|migrations?|seeds?|examples?|bench\w*)\//i;

/** `new Pool(…)` of `pg`, in a file that knows of no `error` event. */
export const unheardPools = defineAnalysis("unheard pools", (use) =>
  modulesOfInterest(use, INTEREST).flatMap((module): UnheardPool[] => {
    const { tree, path } = module;
    if (SCRIPT.test(path) || /["'`]error["'`]/i.test(tree.text)) return [];
    return indexOf(tree).calls.flatMap((node): UnheardPool[] => {
      if (tree.kindOf(node) !== "new_expression" || isDamaged(tree, node)) return [];
      const made = tree.childIn(node, "constructor");
      if (made === NONE || !/^(?:pg\.)?Pool$/.test(tree.textOf(made))) return [];
      if (isHandedOn(tree, node)) return [];
      return [{ at: placeOf(module, node) }];
    });
  }),
);

/** `withErrorLog(new Pool(…))`: what the function does with it is its affair. Objects made around a pool leave its errors to whoever made it. */
function isHandedOn(tree: Tree, made: NodeId): boolean {
  const list = tree.parentOf(made);
  return (
    tree.kindOf(list) === "arguments" && tree.kindOf(tree.parentOf(list)) === "call_expression"
  );
}
