import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { stringValue } from "./module-exports.ts";

/** The name that an import asks of the other module: `default`, `*`, or what stands before `as`. */
export function importedName(tree: Tree, declaration: NodeId): string {
  switch (tree.kindOf(declaration)) {
    case "import_clause":
      return "default";
    case "import_specifier": {
      const name = tree.childIn(declaration, "name");
      if (name === NONE) return "default";
      return tree.kindOf(name) === "string" ? stringValue(tree, name) : tree.textOf(name);
    }
    default:
      return "*";
  }
}

/** The module specifier of the statement that an import stands in. */
export function specifierOf(tree: Tree, declaration: NodeId): string | undefined {
  for (let node = declaration; node !== NONE; node = tree.parentOf(node)) {
    const kind = tree.kindOf(node);
    if (kind === "import_statement" || kind === "import_require_clause") {
      const source = tree.childIn(node, "source");
      if (source !== NONE) return stringValue(tree, source);
    }
    if (kind === "program") return undefined;
  }
  return undefined;
}
