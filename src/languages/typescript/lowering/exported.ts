import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { exportsOf } from "../module-exports.ts";

/** Whether a function can be called from other modules: exported itself, or a method that is not private of an exported class. */
export function isExportedFunction(tree: Tree, node: NodeId): boolean {
  const parent = tree.parentOf(node);
  if (node === 0 || parent === NONE) return false;
  const kind = tree.kindOf(node);
  if (kind === "method_definition") return isExportedMember(tree, node);
  const parentKind = tree.kindOf(parent);
  if (parentKind === "public_field_definition") return isExportedMember(tree, parent);
  if (parentKind === "export_statement") return true;
  if (parentKind === "variable_declarator") return isExportedName(tree, parent);
  if (parentKind === "assignment_expression") return exportedExpressions(tree).has(node);
  return kind.endsWith("_declaration") && isExportedName(tree, node);
}

function isExportedMember(tree: Tree, member: NodeId): boolean {
  const body = tree.parentOf(member);
  if (tree.kindOf(body) !== "class_body" || isPrivate(tree, member)) return false;
  const declaration = tree.parentOf(body);
  const holder = tree.parentOf(declaration);
  if (tree.kindOf(holder) === "export_statement") return true;
  if (tree.kindOf(holder) === "variable_declarator") return isExportedName(tree, holder);
  return isExportedName(tree, declaration);
}

/** `private` and `#name`; `protected` can be called by a subclass anywhere. */
export function isPrivate(tree: Tree, member: NodeId): boolean {
  const name = tree.childIn(member, "name");
  if (name !== NONE && tree.kindOf(name) === "private_property_identifier") return true;
  const modifier = tree.childOfKind(member, "accessibility_modifier");
  return modifier !== NONE && tree.textOf(modifier) === "private";
}

function isExportedName(tree: Tree, declaration: NodeId): boolean {
  const name = tree.childIn(declaration, "name");
  if (name === NONE || !isAtTop(tree, declaration)) return false;
  return exportedNames(tree).has(tree.textOf(name));
}

function isAtTop(tree: Tree, declaration: NodeId): boolean {
  let at = tree.parentOf(declaration);
  while (at > 0 && BETWEEN.has(tree.kindOf(at))) at = tree.parentOf(at);
  return at === 0;
}

const BETWEEN: ReadonlySet<string> = new Set([
  "lexical_declaration",
  "variable_declaration",
  "export_statement",
]);

const names = new WeakMap<Tree, ReadonlySet<string>>();

/** Local names that the module hands out under any name. */
function exportedNames(tree: Tree): ReadonlySet<string> {
  let found = names.get(tree);
  if (!found) {
    const { names: exported, whole } = exportsOf(tree);
    const targets = whole ? [...exported.values(), whole] : [...exported.values()];
    found = new Set(targets.flatMap((target) => (target.kind === "local" ? [target.name] : [])));
    names.set(tree, found);
  }
  return found;
}

function exportedExpressions(tree: Tree): ReadonlySet<NodeId> {
  const { names: exported, whole } = exportsOf(tree);
  const targets = whole ? [...exported.values(), whole] : [...exported.values()];
  return new Set(targets.flatMap((target) => (target.kind === "expression" ? [target.node] : [])));
}
