import type { Span } from "../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { childIn } from "./go-file.ts";
import { type SyntaxNumbers, syntaxNumbers } from "./syntax-numbers.ts";

/** The innermost statement, clause, declaration, field or method element that holds the offset. */
export function statementAt(tree: Tree, offset: number): Span | undefined {
  const numbers = syntaxNumbers(tree.grammar);
  for (let node = tree.nodeAt(offset); node !== NONE; node = tree.parent[node] ?? NONE)
    if (isStatement(tree, node, numbers)) return trimmed(tree, node);
  return undefined;
}

/** The first of these that begins at or after the offset, whole. */
export function statementAfter(tree: Tree, offset: number): Span | undefined {
  const numbers = syntaxNumbers(tree.grammar);
  for (let node = firstFrom(tree, offset); node < tree.size; node++)
    if (isStatement(tree, node, numbers)) return trimmed(tree, node);
  return undefined;
}

/** The statements of a block or clause, comments left out. */
export function statementsOf(tree: Tree, node: NodeId): NodeId[] {
  if (node === NONE) return [];
  const list = tree.childOfKind(node, "statement_list");
  if (list === NONE) return [];
  return tree.namedChildren(list).filter((child) => tree.kindOf(child) !== "comment");
}

/** The grammar counts the line break after the last statement of a clause to the clause. */
function trimmed(tree: Tree, node: NodeId): Span {
  const { start, end } = tree.spanOf(node);
  return { start, end: start + tree.text.slice(start, end).trimEnd().length };
}

/** `Publish`, `(*Hub).Publish`, `Hub.Len`, a type's or variable's name; `""` between declarations. */
export function declarationAt(tree: Tree, offset: number): string {
  const node = topLevelAt(tree, offset);
  return node === NONE ? "" : nameOf(tree, node, offset);
}

/** The declaration at the top level of the file that holds the offset. */
export function declarationSpanAt(tree: Tree, offset: number): Span | undefined {
  const node = topLevelAt(tree, offset);
  return node === NONE ? undefined : tree.spanOf(node);
}

function topLevelAt(tree: Tree, offset: number): NodeId {
  let node = tree.firstChild[0] ?? NONE;
  while (node !== NONE && (tree.end[node] as number) <= offset)
    node = tree.nextSibling[node] ?? NONE;
  return node === NONE || (tree.start[node] as number) > offset ? NONE : node;
}

function isStatement(tree: Tree, node: NodeId, { kind }: SyntaxNumbers): boolean {
  const nodeKind = tree.kind[node] as number;
  if (nodeKind === kind.comment || !tree.isNamed(node)) return false;
  const parent = tree.parent[node] as number;
  if (parent === NONE) return false;
  if (parent === 0 || tree.kind[parent] === kind.statement_list) return true;
  switch (nodeKind) {
    case kind.type_spec:
    case kind.type_alias:
    case kind.var_spec:
    case kind.const_spec:
    case kind.import_spec:
    case kind.field_declaration:
    case kind.method_elem:
    case kind.communication_case:
    case kind.expression_case:
    case kind.type_case:
    case kind.default_case:
      return true;
    default:
      return false;
  }
}

/** The first node that begins at or after the offset: starts never fall in pre-order. */
function firstFrom(tree: Tree, offset: number): NodeId {
  let low = 0;
  let high = tree.size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tree.start[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nameOf(tree: Tree, node: NodeId, offset: number): string {
  const numbers = syntaxNumbers(tree.grammar);
  const { kind, field } = numbers;
  const nodeKind = tree.kind[node];
  const name = childIn(tree, node, field.name);
  if (nodeKind === kind.function_declaration) return name === NONE ? "" : tree.textOf(name);
  if (nodeKind === kind.method_declaration)
    return `${receiverOf(tree, node, numbers)}.${name === NONE ? "" : tree.textOf(name)}`;
  return specName(tree, node, offset, numbers);
}

/** `(*Hub)` or `Hub`. */
function receiverOf(tree: Tree, node: NodeId, { kind, field }: SyntaxNumbers): string {
  const list = childIn(tree, node, field.receiver);
  const end = list === NONE ? NONE : tree.afterSubtree(list);
  let isPointer = false;
  for (let at = list; at !== NONE && at < end; at++) {
    if (tree.kind[at] === kind.pointer_type) isPointer = true;
    if (tree.kind[at] !== kind.type_identifier) continue;
    return isPointer ? `(*${tree.textOf(at)})` : tree.textOf(at);
  }
  return "";
}

/** The name of the spec of a group that holds the offset, or of its only one. */
function specName(tree: Tree, node: NodeId, offset: number, numbers: SyntaxNumbers): string {
  const { kind, field } = numbers;
  const specs: ReadonlySet<number> = new Set([
    kind.type_spec,
    kind.type_alias,
    kind.var_spec,
    kind.const_spec,
  ]);
  const end = tree.afterSubtree(node);
  let first = "";
  for (let at = node + 1; at < end; ) {
    if (tree.kind[at] === kind.var_spec_list) {
      at++;
      continue;
    }
    if (specs.has(tree.kind[at] as number)) {
      const name = childIn(tree, at, field.name);
      const text = name === NONE ? "" : tree.textOf(name);
      if ((tree.start[at] as number) <= offset && offset < (tree.end[at] as number)) return text;
      first ||= text;
    }
    at = tree.afterSubtree(at);
  }
  return first;
}
