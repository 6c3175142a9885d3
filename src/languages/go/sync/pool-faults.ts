import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, type GoCall, mentionsIn, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import type { GoResolver, GoVariable } from "../type.ts";

/** Something is used after it was given back to its pool. */
export interface PoolUse {
  readonly at: Place;
  readonly object: string;
  readonly pool: string;
  readonly putAt: Place;
  /** Given back when the function returns, with what it returns. */
  readonly isReturned: boolean;
}

export const poolUses = defineAnalysis("uses of pooled objects", (use): PoolUse[] => {
  const resolver = use(goResolver);
  return callsOf(use(goPackage).files, resolver, new Set(["Put"])).flatMap((put) => {
    const found = put.name === "sync.Pool.Put" ? useAfter(put, resolver) : undefined;
    if (!found) return [];
    const { file, tree, node, callee } = put;
    return [
      {
        at: placeOf(file, tree, found.node),
        object: found.variable.name,
        pool: tree.textOf(tree.childIn(callee, "operand")),
        putAt: placeOf(file, tree, node),
        isReturned: found.isReturned,
      },
    ];
  });
});

interface Found {
  readonly node: NodeId;
  readonly variable: GoVariable;
  readonly isReturned: boolean;
}

function useAfter(put: GoCall, resolver: GoResolver): Found | undefined {
  const { file, tree, node, arguments: given } = put;
  const [object] = given;
  const symbol =
    object !== undefined && tree.kindOf(object) === "identifier"
      ? resolver.symbolAt(file.path, object)
      : undefined;
  if (symbol?.kind !== "variable" || symbol.variable.role === "global") return undefined;
  const { variable } = symbol;
  const statement = tree.parentOf(node);
  if (tree.kindOf(statement) === "expression_statement") {
    const deferred = deferAround(tree, statement);
    if (deferred !== NONE) return returned(put, deferred, variable, resolver);
    const next = laterUse(put, statement, variable, resolver);
    return next === undefined ? undefined : { node: next, variable, isReturned: false };
  }
  return tree.kindOf(statement) === "defer_statement"
    ? returned(put, statement, variable, resolver)
    : undefined;
}

/** `defer func() { pool.Put(x) }()` around the only statement of a literal; NONE otherwise. */
function deferAround(tree: Tree, statement: NodeId): NodeId {
  const literal = functionAround(tree, statement);
  const call = literal === NONE ? NONE : tree.parentOf(literal);
  const deferred = call === NONE ? NONE : tree.parentOf(call);
  return deferred !== NONE && tree.kindOf(deferred) === "defer_statement" ? deferred : NONE;
}

/** The first mention in what follows in the same list, until the variable gets another value. */
function laterUse(
  { file, tree }: GoCall,
  statement: NodeId,
  variable: GoVariable,
  resolver: GoResolver,
): NodeId | undefined {
  const list = tree.namedChildren(tree.parentOf(statement));
  for (const one of list.slice(list.indexOf(statement) + 1)) {
    const [mention] = mentionsIn(file.path, tree, one, variable, resolver);
    if (mention === undefined) continue;
    return isSetTo(tree, one, variable) ? undefined : mention;
  }
  return undefined;
}

/** `x = …`. */
function isSetTo(tree: Tree, statement: NodeId, { name }: GoVariable): boolean {
  if (tree.kindOf(statement) !== "assignment_statement") return false;
  const left = tree.namedChildren(tree.childIn(statement, "left"));
  return left.some((one) => tree.textOf(one) === name);
}

/** A result that is the object or shares its memory: `buf`, `buf[:n]`, `buf.Bytes()`. */
function returned(
  { file, tree }: GoCall,
  deferred: NodeId,
  variable: GoVariable,
  resolver: GoResolver,
): Found | undefined {
  const around = functionAround(tree, deferred);
  if (around === NONE || around !== variable.function) return undefined;
  const kind = tree.grammar.kind("return_statement");
  const end = tree.afterSubtree(around);
  for (let node = tree.afterSubtree(deferred); node < end; node++) {
    if (tree.kind[node] !== kind || functionAround(tree, node) !== around) continue;
    for (const list of tree.namedChildren(node))
      for (const value of tree.namedChildren(list)) {
        const root = sharedRoot(tree, value);
        if (root === NONE || tree.kindOf(root) !== "identifier") continue;
        const symbol = resolver.symbolAt(file.path, root);
        if (symbol?.kind === "variable" && symbol.variable === variable)
          return { node: value, variable, isReturned: true };
      }
  }
  return undefined;
}

/** What the memory of a value belongs to. */
function sharedRoot(tree: Tree, value: NodeId): NodeId {
  let at = value;
  for (;;)
    switch (tree.kindOf(at)) {
      case "slice_expression":
        at = tree.childIn(at, "operand");
        break;
      case "parenthesized_expression":
        at = tree.namedChildren(at)[0] ?? NONE;
        break;
      case "unary_expression":
        // `(*buf)[:n]`; `*buf` by itself is a copy.
        if (at === value || !tree.textOf(at).startsWith("*")) return NONE;
        at = tree.childIn(at, "operand");
        break;
      case "call_expression": {
        const callee = tree.childIn(at, "function");
        if (!/\.Bytes$/.test(tree.textOf(callee))) return NONE;
        at = tree.childIn(callee, "operand");
        break;
      }
      default:
        return at;
    }
}
