import type { Span } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";

/** Statements, and what counts as one in a class, an interface or a switch: members and cases. */
const MEMBERS: ReadonlySet<string> = new Set([
  "method_definition",
  "public_field_definition",
  "method_signature",
  "abstract_method_signature",
  "property_signature",
  "switch_case",
  "switch_default",
]);

function isStatement(tree: Tree, node: NodeId): boolean {
  const kind = tree.kindOf(node);
  if (MEMBERS.has(kind)) return true;
  if (kind === "statement_block") return false;
  return (
    kind.endsWith("_statement") ||
    kind.endsWith("_declaration") ||
    kind === "function_signature" ||
    kind === "internal_module"
  );
}

/** The innermost statement or declaration that holds the offset; what begins after it where none does. */
export function statementAt(tree: Tree, offset: number): Span | undefined {
  let node = tree.nodeAt(offset);
  while (node !== NONE && !isStatement(tree, node)) node = tree.parentOf(node);
  return node === NONE ? statementAfter(tree, offset) : tree.spanOf(node);
}

/** The first statement or declaration that begins at or after the offset, whole. */
export function statementAfter(tree: Tree, offset: number): Span | undefined {
  for (let node = 1; node < tree.size; node++) {
    if ((tree.start[node] as number) >= offset && isStatement(tree, node)) return tree.spanOf(node);
  }
  return undefined;
}
