import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE } from "../../../syntax/tree.ts";
import { enclosingFunction } from "../enclosing-function.ts";
import { indexOf } from "../module-index.ts";
import { typescriptModules } from "../modules.ts";

/** Whether what is written at a place stands in a `catch`: `catch (error) { this.size = oldSize; throw error; }` puts back what a failed try had changed. */
export const rollbacks = defineAnalysis("rollbacks", (use): ((written: Place) => boolean) => {
  const modules = use(typescriptModules);
  return ({ file, start, end }) => {
    const tree = modules.module(file)?.tree;
    if (!tree) return false;
    const write = indexOf(tree).assignments.find((node) => {
      const span = tree.spanOf(node);
      return span.start <= start && end <= span.end;
    });
    if (write === undefined) return false;
    const around = enclosingFunction(tree, write);
    for (
      let node = tree.parentOf(write);
      node !== around && node !== NONE;
      node = tree.parentOf(node)
    ) {
      if (tree.kindOf(node) === "catch_clause") return true;
    }
    return false;
  };
});
