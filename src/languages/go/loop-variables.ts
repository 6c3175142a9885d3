import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import type { GoFile } from "./go-file.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";
import type { GoResolver, GoVariable } from "./type.ts";

/** A loop that declares variables: `for i, v := range xs`, `for i := 0; …`. */
export interface DeclaringLoop {
  readonly loop: NodeId;
  readonly body: NodeId;
  readonly isRange: boolean;
  /** The declaring identifiers, without `_`. */
  readonly names: readonly NodeId[];
}

/** The loops of a file that declare variables, in order. */
export function declaringLoops(tree: Tree): DeclaringLoop[] {
  const { kind } = syntaxNumbers(tree.grammar);
  const loops: DeclaringLoop[] = [];
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== kind.for_statement) continue;
    const body = tree.childIn(node, "body");
    const head = tree.namedChildren(node).find((child) => child !== body);
    if (body === NONE || head === undefined) continue;
    const isRange = tree.kind[head] === kind.range_clause;
    const declaration = isRange ? head : declarationOf(tree, head);
    if (declaration === NONE) continue;
    const names = namesOn(tree, declaration);
    if (names.length > 0) loops.push({ loop: node, body, isRange, names });
  }
  return loops;
}

function declarationOf(tree: Tree, head: NodeId): NodeId {
  if (tree.kindOf(head) !== "for_clause") return NONE;
  const initializer = tree.childIn(head, "initializer");
  return initializer !== NONE && tree.kindOf(initializer) === "short_var_declaration"
    ? initializer
    : NONE;
}

function namesOn(tree: Tree, declaration: NodeId): NodeId[] {
  const left = tree.childIn(declaration, "left");
  const isRange = tree.kindOf(declaration) === "range_clause";
  if (left === NONE || (isRange && tree.childOfKind(declaration, ":=") === NONE)) return [];
  return tree
    .namedChildren(left)
    .filter((name) => tree.kindOf(name) === "identifier" && tree.textOf(name) !== "_");
}

/** Uses of a variable between two nodes; only identifiers of its name are asked what they mean. */
export function* usesOf(
  { path, tree }: GoFile,
  resolver: GoResolver,
  variable: NodeId,
  from: NodeId,
  to: NodeId,
): Generator<NodeId> {
  if (!tree) return;
  const name = tree.textOf(variable);
  const { identifier } = syntaxNumbers(tree.grammar).kind;
  for (let node = from; node < to; node++) {
    if (tree.kind[node] !== identifier || node === variable) continue;
    if (tree.textOf(node) === name && variableAt(resolver, path, node)?.node === variable)
      yield node;
  }
}

/** The variable that an identifier means. */
function variableAt(resolver: GoResolver, file: string, node: NodeId): GoVariable | undefined {
  const symbol = resolver.symbolAt(file, node);
  return symbol?.kind === "variable" ? symbol.variable : undefined;
}

/** The statements of a block, comments left out. */
export function statementsIn(tree: Tree, block: NodeId): NodeId[] {
  const list = tree.childOfKind(block, "statement_list");
  return tree
    .namedChildren(list === NONE ? block : list)
    .filter((node) => tree.kindOf(node) !== "comment");
}
