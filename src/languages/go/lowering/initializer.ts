import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";

/**
 * The expression that a declared name begins with, where there is one expression for each name; NONE otherwise. `index` and
 * `call`: the name takes one result of several of a call. `name` is the declaring identifier.
 */
export interface Initializer {
  readonly value: NodeId;
  /** The names on the left, in order. */
  readonly names: readonly NodeId[];
  readonly index: number;
  /** One call gives all names their values. */
  readonly isShared: boolean;
}

export function initializerOf(tree: Tree, name: NodeId): Initializer | undefined {
  const parent = name === NONE ? NONE : tree.parentOf(name);
  if (parent === NONE) return undefined;
  const kind = tree.kindOf(parent);
  if (kind === "var_spec" || kind === "const_spec")
    return pick(tree, tree.childrenIn(parent, "name"), tree.childIn(parent, "value"), name);
  const statement = kind === "expression_list" ? tree.parentOf(parent) : NONE;
  if (statement === NONE || tree.kindOf(statement) !== "short_var_declaration") return undefined;
  return pick(tree, expressionsIn(tree, parent), tree.childIn(statement, "right"), name);
}

/** The expressions of a list, without commas and comments. */
export function expressionsIn(tree: Tree, list: NodeId): NodeId[] {
  if (list === NONE) return [];
  return tree.namedChildren(list).filter((node) => tree.kindOf(node) !== "comment");
}

function pick(
  tree: Tree,
  nodes: readonly NodeId[],
  list: NodeId,
  name: NodeId,
): Initializer | undefined {
  const names = nodes.filter((node) => tree.kindOf(node) !== ",");
  const values = expressionsIn(tree, list);
  const index = names.indexOf(name);
  if (index === -1) return undefined;
  const isShared = values.length === 1 && names.length > 1;
  const value = values[isShared ? 0 : index];
  return value === undefined ? undefined : { value, names, index, isShared };
}
