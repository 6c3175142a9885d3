import { type Grammar, NONE, type NodeId, type Tree } from "../../syntax/tree.ts";

/** Where the nodes stand that others ask for, gathered in one pass over the tree, all in source order. */
export interface ModuleIndex {
  readonly expressionStatements: readonly NodeId[];
  /** By the function that they belong to, NONE at module level. */
  readonly returns: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** `var` declarations (also those in heads of `for`), by what they are hoisted to: function, static block, namespace, program. */
  readonly hoisted: ReadonlyMap<NodeId, readonly NodeId[]>;
  readonly functions: readonly NodeId[];
  readonly assignments: readonly NodeId[];
  /** Import and export statements. */
  readonly imports: readonly NodeId[];
  readonly exports: readonly NodeId[];
  /** Calls and `new`. */
  readonly calls: readonly NodeId[];
  readonly awaits: readonly NodeId[];
  /** `+=`, `??=` and their like. */
  readonly augmented: readonly NodeId[];
  /** `name = value` of a declaration. */
  readonly declarators: readonly NodeId[];
}

const OTHER = 0;
const UNSEEN = 255;
const FUNCTION = 1;
const HOISTS = 2;
const RETURN = 3;
const VAR = 4;
const FOR_IN = 5;
const STATEMENT = 6;
const ASSIGNMENT = 7;
const IMPORT = 8;
const EXPORT = 9;
const CALL = 10;
const AWAIT = 11;
const AUGMENTED = 12;
const DECLARATOR = 13;

const ROLES: Readonly<Record<string, number>> = {
  function_declaration: FUNCTION,
  generator_function_declaration: FUNCTION,
  function_expression: FUNCTION,
  generator_function: FUNCTION,
  arrow_function: FUNCTION,
  method_definition: FUNCTION,
  class_static_block: HOISTS,
  internal_module: HOISTS,
  module: HOISTS,
  return_statement: RETURN,
  variable_declaration: VAR,
  for_in_statement: FOR_IN,
  expression_statement: STATEMENT,
  assignment_expression: ASSIGNMENT,
  import_statement: IMPORT,
  export_statement: EXPORT,
  call_expression: CALL,
  new_expression: CALL,
  await_expression: AWAIT,
  augmented_assignment_expression: AUGMENTED,
  variable_declarator: DECLARATOR,
};

/** Node kinds that are functions with a body of their own. */
export const FUNCTION_KINDS: ReadonlySet<string> = new Set(
  Object.keys(ROLES).filter((name) => ROLES[name] === FUNCTION),
);

const indexes = new WeakMap<Tree, ModuleIndex>();

/** The index of a tree, made when first asked for. */
export function indexOf(tree: Tree): ModuleIndex {
  let index = indexes.get(tree);
  if (!index) {
    index = buildIndex(tree);
    indexes.set(tree, index);
  }
  return index;
}

function buildIndex(tree: Tree): ModuleIndex {
  const { kind, start, end, size } = tree;
  const roles = rolesOf(tree.grammar);
  const returns = new Map<NodeId, NodeId[]>();
  const hoisted = new Map<NodeId, NodeId[]>();
  const lists: NodeId[][] = [];
  for (let role = 0; role <= DECLARATOR; role++) lists.push([]);
  const functions: NodeId[] = [];
  const hoisting: NodeId[] = [];
  for (let node = 1; node < size; node++) {
    const role = roleOf(roles, tree.grammar, kind[node] as number);
    if (role === OTHER) continue;
    const at = start[node] as number;
    while (functions.length > 0 && (end[functions.at(-1) as number] as number) <= at)
      functions.pop();
    while (hoisting.length > 0 && (end[hoisting.at(-1) as number] as number) <= at) hoisting.pop();
    if (role === FUNCTION) functions.push(node);
    if (role === FUNCTION || role === HOISTS) hoisting.push(node);
    if (role === RETURN) push(returns, functions.at(-1) ?? NONE, node);
    else if (role === VAR || (role === FOR_IN && declaresVar(tree, node)))
      push(hoisted, hoisting.at(-1) ?? 0, node);
    else (lists[role] as NodeId[]).push(node);
  }
  return {
    expressionStatements: lists[STATEMENT] ?? [],
    returns,
    hoisted,
    functions: lists[FUNCTION] ?? [],
    assignments: lists[ASSIGNMENT] ?? [],
    imports: lists[IMPORT] ?? [],
    exports: lists[EXPORT] ?? [],
    calls: lists[CALL] ?? [],
    awaits: lists[AWAIT] ?? [],
    augmented: lists[AUGMENTED] ?? [],
    declarators: lists[DECLARATOR] ?? [],
  };
}

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
function roleOf(roles: Uint8Array, grammar: Grammar, kind: number): number {
  let role = roles[kind] as number;
  if (role === UNSEEN) {
    role = grammar.isNamed(kind) ? (ROLES[grammar.kindName(kind)] ?? OTHER) : OTHER;
    roles[kind] = role;
  }
  return role;
}

function declaresVar(tree: Tree, forIn: NodeId): boolean {
  const kind = tree.childIn(forIn, "kind");
  return kind !== NONE && tree.kindOf(kind) === "var";
}

function push(map: Map<NodeId, NodeId[]>, key: NodeId, node: NodeId): void {
  const list = map.get(key);
  if (list) list.push(node);
  else map.set(key, [node]);
}
