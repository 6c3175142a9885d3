import { defineAnalysis } from "../../core/analysis.ts";
import type { Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { hasToken, namedNodes } from "./nodes.ts";
import { isTestPath } from "./test-path.ts";

/** Classes with nothing but static members: namespaces that one could create. */
export const staticClasses = defineAnalysis("static classes", (use): readonly Problem[] =>
  judgedTrees(use, /\bclass\b[\s\S]*\bstatic\b/).flatMap((file) =>
    isTestPath(file.path)
      ? []
      : nodesOf(file, "class_declaration").flatMap((node) => problemAt(file, node) ?? []),
  ),
);

function problemAt(file: JudgedTree, node: NodeId): Problem | undefined {
  const { tree } = file;
  const name = tree.childIn(node, "name");
  const body = tree.childIn(node, "body");
  if (name === NONE || body === NONE) return undefined;
  if (tree.childOfKind(node, "class_heritage") !== NONE || isDecorated(tree, node))
    return undefined;
  const members = namedNodes(tree, body).filter(
    (each) => tree.kindOf(each) !== "class_static_block",
  );
  if (members.length === 0 || !members.every((each) => hasToken(tree, each, "static")))
    return undefined;
  // Created, extended or asked for by `this` it is more than a namespace.
  const own = tree.textOf(name).replaceAll("$", "\\$");
  if (new RegExp(`\\b(?:new|extends|instanceof)\\s+${own}\\b`).test(tree.text)) return undefined;
  return {
    at: placeOf(file, name),
    message: `${tree.textOf(name)} has only static members: it is a namespace in the form of a class`,
  };
}

function isDecorated(tree: Tree, node: NodeId): boolean {
  const parent = tree.parentOf(node);
  return (
    tree.childOfKind(node, "decorator") !== NONE ||
    (tree.kindOf(parent) === "export_statement" && tree.childOfKind(parent, "decorator") !== NONE)
  );
}
