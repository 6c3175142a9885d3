import { type Grammar, NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { FUNCTION_KINDS } from "../module-index.ts";

/**
 * The nodes of a module that are functions to the model, in pre-order, the module itself (node 0) first: functions, methods,
 * accessors, constructors, arrows; static blocks; and initialisers of class fields, but for those that are a function
 * themselves or a plain literal.
 */
export function functionNodesOf(tree: Tree): readonly NodeId[] {
  let nodes = known.get(tree);
  if (!nodes) {
    nodes = findFunctionNodes(tree);
    known.set(tree, nodes);
  }
  return nodes;
}

/** The innermost function node that a node stands in, itself excluded; NONE for the module. */
export function enclosingFunctionNode(tree: Tree, node: NodeId): NodeId {
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at))
    if (isFunctionNode(tree, at)) return at;
  return NONE;
}

export function isFunctionNode(tree: Tree, node: NodeId): boolean {
  const role = roleOf(tree, rolesOf(tree.grammar), node);
  return role === FUNCTION || (role === FIELD && hasInitializer(tree, node));
}

const known = new WeakMap<Tree, readonly NodeId[]>();

function findFunctionNodes(tree: Tree): NodeId[] {
  const roles = rolesOf(tree.grammar);
  const found: NodeId[] = [0];
  for (let node = 1; node < tree.size; node++) {
    const role = roleOf(tree, roles, node);
    if (role === FUNCTION || (role === FIELD && hasInitializer(tree, node))) found.push(node);
  }
  return found;
}

const OTHER = 0;
const FUNCTION = 1;
const FIELD = 2;
const UNSEEN = 255;
const FUNCTION_NODES: ReadonlySet<string> = new Set([
  ...FUNCTION_KINDS,
  "class_static_block",
  "program",
]);
const roleTables = new WeakMap<Grammar, Uint8Array>();

function rolesOf(grammar: Grammar): Uint8Array {
  let roles = roleTables.get(grammar);
  if (!roles) {
    roles = new Uint8Array(65_536).fill(UNSEEN);
    roleTables.set(grammar, roles);
  }
  return roles;
}

/** Learned kind by kind, since one name may have several numbers. */
function roleOf({ grammar, kind }: Tree, roles: Uint8Array, node: NodeId): number {
  const number = kind[node] as number;
  let role = roles[number] as number;
  if (role === UNSEEN) {
    const name = grammar.isNamed(number) ? grammar.kindName(number) : "";
    role = FUNCTION_NODES.has(name) ? FUNCTION : OTHER;
    if (name === "public_field_definition") role = FIELD;
    roles[number] = role;
  }
  return role;
}

/** Values that need no function of their own. */
const PLAIN: ReadonlySet<string> = new Set([
  ...FUNCTION_KINDS,
  "string",
  "number",
  "true",
  "false",
  "null",
  "undefined",
  "regex",
]);

function hasInitializer(tree: Tree, field: NodeId): boolean {
  const value = tree.childIn(field, "value");
  return value !== NONE && !PLAIN.has(tree.kindOf(value));
}
