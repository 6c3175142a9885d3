import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";

/** The first named child that is no comment, or NONE. */
export function firstNamed(tree: Tree, node: NodeId): NodeId {
  const { firstChild, nextSibling } = tree;
  for (let child = firstChild[node] ?? NONE; child !== NONE; child = nextSibling[child] as number) {
    if (tree.isNamed(child) && tree.kindOf(child) !== "comment") return child;
  }
  return NONE;
}

/** The named children that are no comments. */
export function namedNodes(tree: Tree, node: NodeId): NodeId[] {
  return tree.namedChildren(node).filter((child) => tree.kindOf(child) !== "comment");
}

/** Whether a keyword or punctuation stands directly in the node: `static`, `async`, `?`. */
export function hasToken(tree: Tree, node: NodeId, token: string): boolean {
  const { firstChild, nextSibling } = tree;
  for (let child = firstChild[node] ?? NONE; child !== NONE; child = nextSibling[child] as number) {
    if (!tree.isNamed(child) && tree.kindOf(child) === token) return true;
  }
  return false;
}

/** The expression inside parentheses, `!`, `as` and `satisfies`. */
export function unwrapped(tree: Tree, expression: NodeId): NodeId {
  let node = expression;
  while (node !== NONE && WRAPPERS.has(tree.kindOf(node))) node = firstNamed(tree, node);
  return node;
}

const WRAPPERS: ReadonlySet<string> = new Set([
  "parenthesized_expression",
  "non_null_expression",
  "as_expression",
  "satisfies_expression",
]);

/** The expressions between the parentheses of a call; none for a tagged template. */
export function argumentsOf(tree: Tree, call: NodeId): NodeId[] {
  const list = tree.childIn(call, "arguments");
  return list === NONE || tree.kindOf(list) !== "arguments" ? [] : namedNodes(tree, list);
}

/** The type node inside the annotation (`: T`) in a field of a node, or NONE. */
export function annotationIn(tree: Tree, node: NodeId, field: "type" | "return_type"): NodeId {
  const annotation = tree.childIn(node, field);
  if (annotation === NONE) return NONE;
  if (!tree.kindOf(annotation).endsWith("_annotation")) return annotation;
  const [type] = tree.namedChildren(annotation);
  return type ?? NONE;
}
