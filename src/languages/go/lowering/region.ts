import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";

/** What one look at a top-level declaration tells, before any of its functions is lowered. */
export interface Region {
  /**
   * Names of variables and fields that conditions of the declaration may read: a superset. Writes to them become operations, so
   * that what a condition saw can be forgotten.
   */
  readonly conditionNames: ReadonlySet<string>;
  /** Names that stand inside function literals: a superset of what closures share with the function around them. */
  readonly closureNames: ReadonlySet<string>;
  /** Names of fields that are assigned, or whose elements are set or deleted: a superset. */
  readonly assignedFields: ReadonlySet<string>;
  /** Nested so deeply that nobody wrote it by hand: it is not looked at. */
  readonly isTooDeep: boolean;
}

/** Levels of syntax, of which a statement in a block takes three. */
const DEEPEST = 900;

/** Reads a declaration in one loop over its nodes. */
export function readRegion(tree: Tree, top: NodeId): Region {
  const after = tree.afterSubtree(top);
  const depths = new Int32Array(after - top);
  const conditionNames = new Set<string>();
  const closureNames = new Set<string>();
  const assignedFields = new Set<string>();
  let closureEnd = NONE;
  let assignedEnd = NONE;
  let isTooDeep = false;
  let conditionEnd = NONE;
  for (let node = top; node < after; node++) {
    const parent = node === top ? NONE : (tree.parent[node] as number);
    const depth = parent === NONE ? 0 : (depths[parent - top] as number) + step(tree, parent, node);
    depths[node - top] = depth;
    if (depth > DEEPEST) isTooDeep = true;
    if (node >= conditionEnd && parent !== NONE && isCondition(tree, parent, node))
      conditionEnd = tree.afterSubtree(node);
    const kind = tree.kindOf(node);
    if (kind === "func_literal" && node >= closureEnd) closureEnd = tree.afterSubtree(node);
    if (node >= assignedEnd && parent !== NONE && isAssigned(tree, parent, node))
      assignedEnd = tree.afterSubtree(node);
    if (node < assignedEnd && kind === "field_identifier") assignedFields.add(tree.textOf(node));
    if (node < closureEnd && kind === "identifier") closureNames.add(tree.textOf(node));
    if (node < conditionEnd && (kind === "identifier" || kind === "field_identifier"))
      conditionNames.add(tree.textOf(node));
  }
  return { conditionNames, closureNames, assignedFields, isTooDeep };
}

/** What stands on the left, what `++` changes, what `&` takes the address of, what `delete` and `clear` are given. */
function isAssigned(tree: Tree, parent: NodeId, node: NodeId): boolean {
  switch (tree.kindOf(parent)) {
    case "assignment_statement":
      return tree.field[node] === tree.grammar.field("left");
    case "inc_statement":
    case "dec_statement":
      return true;
    case "unary_expression":
      return tree.textOf(tree.childIn(parent, "operator")) === "&";
    case "argument_list":
      return REMOVING.has(tree.textOf(tree.childIn(tree.parentOf(parent), "function")));
    default:
      return false;
  }
}

const REMOVING: ReadonlySet<string> = new Set(["delete", "clear"]);

/** Chains that are read by loops (`a + b + c`, `else if`) do not count as depth. */
function step(tree: Tree, parent: NodeId, node: NodeId): number {
  const kind = tree.kindOf(parent);
  if (kind === "binary_expression") return tree.firstChild[parent] === node ? 0 : 1;
  if (kind === "if_statement" && tree.kindOf(node) === "if_statement") return 0;
  return 1;
}

function isCondition(tree: Tree, parent: NodeId, node: NodeId): boolean {
  switch (tree.kindOf(parent)) {
    case "if_statement":
    case "for_clause":
      return tree.field[node] === tree.grammar.field("condition");
    case "for_statement":
      return tree.field[node] === 0 && tree.isNamed(node) && !CLAUSES.has(tree.kindOf(node));
    case "expression_switch_statement":
    case "expression_case":
      return tree.field[node] === tree.grammar.field("value");
    default:
      return false;
  }
}

const CLAUSES: ReadonlySet<string> = new Set(["for_clause", "range_clause", "comment"]);
