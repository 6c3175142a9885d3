import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { scopesOf } from "../scopes.ts";

/** Whether a name is the `setTimeout` of `node:timers/promises`, whose first argument is the delay. */
export function isOfPromises(tree: Tree, name: NodeId): boolean {
  if (name === NONE || !/["'](?:node:)?timers\/promises["']/.test(tree.text)) return false;
  const specifier = scopesOf(tree).bindingAt(name)?.declarations[0]?.node ?? NONE;
  if (specifier === NONE || tree.kindOf(specifier) !== "import_specifier") return false;
  if (tree.textOf(tree.childIn(specifier, "name")) !== "setTimeout") return false;
  let statement = tree.parentOf(specifier);
  while (statement !== NONE && tree.kindOf(statement) !== "import_statement")
    statement = tree.parentOf(statement);
  if (statement === NONE) return false;
  return /^["'](?:node:)?timers\/promises["']$/.test(
    tree.textOf(tree.childIn(statement, "source")),
  );
}
