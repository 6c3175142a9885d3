import { defineAnalysis } from "../../../core/analysis.ts";
import type { Problem } from "../../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { judgedTrees, nodesOf, placeOf } from "../judged-trees.ts";
import { namedNodes } from "../nodes.ts";

/** Aliases that give a type of the project a second name: `type A = B`. */
export const redundantAliases = defineAnalysis("redundant aliases", (use): readonly Problem[] =>
  judgedTrees(use, /\btype\s+\w+\s*=\s*[A-Z]/).flatMap((file) =>
    nodesOf(file, "type_alias_declaration").flatMap((node): Problem[] => {
      const { tree } = file;
      const name = tree.childIn(node, "name");
      const value = tree.childIn(node, "value");
      if (name === NONE || value === NONE || tree.kindOf(value) !== "type_identifier") return [];
      // A public name, or one that leads elsewhere on purpose.
      if (tree.kindOf(tree.parentOf(node)) === "export_statement") return [];
      if (tree.childIn(node, "type_parameters") !== NONE) return [];
      const message = `${tree.textOf(name)} is another name for ${tree.textOf(value)}`;
      return [{ at: placeOf(file, name), message }];
    }),
  ),
);

/** Unions of many members that aren't literals, written in place. */
export interface WrittenUnion {
  readonly at: Problem["at"];
  readonly members: number;
}

export const writtenUnions = defineAnalysis("written unions", (use): readonly WrittenUnion[] =>
  judgedTrees(use, /\|/).flatMap((file) =>
    nodesOf(file, "union_type").flatMap((node): WrittenUnion[] => {
      const { tree } = file;
      const parent = tree.kindOf(tree.parentOf(node));
      if (parent === "union_type" || parent === "type_alias_declaration") return [];
      const members = leavesOf(tree, node).filter((each) => tree.kindOf(each) !== "literal_type");
      return [{ at: placeOf(file, node), members: members.length }];
    }),
  ),
);

function leavesOf(tree: Tree, union: NodeId): NodeId[] {
  const open = [union];
  const leaves: NodeId[] = [];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const child of namedNodes(tree, node)) {
      if (tree.kindOf(child) === "union_type") open.push(child);
      else leaves.push(child);
    }
  return leaves;
}
