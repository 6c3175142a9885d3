import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";

/** The comment directly above a function's declaration; empty where there is none. */
export function commentAbove(tree: Tree, functionNode: NodeId): string {
  let declaration = functionNode;
  while (INSIDE.has(tree.kindOf(tree.parentOf(declaration))))
    declaration = tree.parentOf(declaration);
  const parent = tree.parentOf(declaration);
  if (parent === NONE) return "";
  let before: NodeId = NONE;
  for (const child of tree.namedChildren(parent)) {
    if (child === declaration) break;
    before = child;
  }
  if (before === NONE || tree.kindOf(before) !== "comment") return "";
  const between = tree.text.slice(tree.end[before], tree.start[declaration]);
  return /\n\s*\n/.test(between) ? "" : tree.textOf(before);
}

/** What may stand between a function and the statement or member that declares it. */
const INSIDE: ReadonlySet<string> = new Set([
  "variable_declarator",
  "lexical_declaration",
  "variable_declaration",
  "export_statement",
  "public_field_definition",
  "pair",
]);
