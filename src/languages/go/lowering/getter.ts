import { type AccessPath, rebase } from "../../../model/path.ts";
import { NONE } from "../../../syntax/tree.ts";
import type { FunctionDeclaration } from "../type.ts";
import type { Lowering } from "./lowering.ts";

/**
 * What a call yields where the function's whole body is `return` of a part of its receiver or of a package variable:
 * `func (s *S) lock() *sync.Mutex { return &s.mu }`. Undefined for everything else.
 */
export function getterPath(
  lowering: Lowering,
  declaration: FunctionDeclaration,
  receiver: AccessPath | undefined,
): AccessPath | undefined {
  const { unit } = lowering;
  const path = unit.getterOf(declaration, () => readGetter(lowering, declaration));
  if (path?.root.kind !== "variable") return undefined;
  const { role } = path.root.variable;
  if (role === "global") return path;
  return role === "receiver" && receiver ? rebase(path, receiver) : undefined;
}

function readGetter(lowering: Lowering, declaration: FunctionDeclaration): AccessPath | undefined {
  const { tree, node, file } = declaration;
  if (tree.afterSubtree(node) - node > LARGEST_GETTER) return undefined;
  const body = tree.childIn(node, "body");
  const list = body === NONE ? NONE : tree.childOfKind(body, "statement_list");
  const [statement, ...more] = list === NONE ? [] : tree.namedChildren(list);
  if (statement === undefined || more.length > 0) return undefined;
  if (tree.kindOf(statement) !== "return_statement") return undefined;
  const values = tree.childOfKind(statement, "expression_list");
  const [returned, ...others] = values === NONE ? [] : tree.namedChildren(values);
  if (returned === undefined || others.length > 0 || !isPlain(tree, returned)) return undefined;
  const value = lowering.elsewhere(file, tree, node).peek(returned);
  return value.kind === "path" ? value.path : undefined;
}

/** Nodes of a function that returns a field. */
const LARGEST_GETTER = 60;

/** Selectors and address operators only: no call, no index. */
function isPlain(tree: FunctionDeclaration["tree"], returned: number): boolean {
  const after = tree.afterSubtree(returned);
  for (let node = returned; node < after; node++) {
    const kind = tree.kindOf(node);
    if (kind === "<-" || (tree.isNamed(node) && !PLAIN.has(kind))) return false;
  }
  return true;
}

const PLAIN: ReadonlySet<string> = new Set([
  "identifier",
  "field_identifier",
  "selector_expression",
  "unary_expression",
  "parenthesized_expression",
]);
