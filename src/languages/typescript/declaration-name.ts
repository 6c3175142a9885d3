import type { Span } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { memberName } from "./class-members.ts";

/** Name of the declaration that encloses an offset: `Cache.get`, `createServer`; `""` at the top. */
export function declarationNameAt(tree: Tree, offset: number): string {
  const names: string[] = [];
  for (let node = tree.nodeAt(offset); node !== NONE; node = tree.parentOf(node)) {
    const name = declaredName(tree, node);
    if (name !== undefined) names.push(name);
  }
  return names.reverse().join(".");
}

/** The innermost declaration with a name that holds an offset, whole. */
export function declarationSpanAt(tree: Tree, offset: number): Span | undefined {
  let node = tree.nodeAt(offset);
  while (node !== NONE && declaredName(tree, node) === undefined) node = tree.parentOf(node);
  return node === NONE ? undefined : tree.spanOf(node);
}

function declaredName(tree: Tree, node: NodeId): string | undefined {
  switch (tree.kindOf(node)) {
    case "method_definition":
    case "public_field_definition":
    case "method_signature":
    case "property_signature":
      return memberName(tree, node);
    case "class_declaration":
    case "abstract_class_declaration":
    case "interface_declaration":
    case "function_declaration":
    case "generator_function_declaration":
    case "internal_module":
      return nameText(tree, node);
    case "variable_declarator":
      return holdsFunction(tree, node) ? nameText(tree, node) : undefined;
    default:
      return undefined;
  }
}

function nameText(tree: Tree, node: NodeId): string | undefined {
  const name = tree.childIn(node, "name");
  return name === NONE ? undefined : tree.textOf(name);
}

const FUNCTION_VALUES: ReadonlySet<string> = new Set([
  "arrow_function",
  "function_expression",
  "generator_function",
  "class",
]);

function holdsFunction(tree: Tree, declarator: NodeId): boolean {
  const value = tree.childIn(declarator, "value");
  return value !== NONE && FUNCTION_VALUES.has(tree.kindOf(value));
}
