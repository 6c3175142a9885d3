import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround, placeOf, typeName } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";

/** A goroutine that uses a transaction of the function around it. */
export interface TransactionGoroutine {
  readonly at: Place;
  readonly transaction: string;
  readonly startedAt: Place;
}

const TRANSACTION =
  /^(?:database\/sql\.Tx|github\.com\/jmoiron\/sqlx\.Tx|github\.com\/jackc\/pgx(?:\/v\d+)?\.Tx|github\.com\/uptrace\/bun\.Tx|xorm\.io\/xorm\.Session)$/;
const INTEREST = /\bTx\b|\.Begin(?:Tx|x|Txx)?\(|xorm/;

export const transactionGoroutines = defineAnalysis(
  "transaction goroutines",
  (use): TransactionGoroutine[] => {
    const resolver = use(goResolver);
    const found = new Map<string, TransactionGoroutine>();
    for (const file of use(goPackage).files) {
      const { isJudged, isTest, text } = file;
      const tree = isJudged && !isTest && INTEREST.test(text) ? file.tree : undefined;
      if (!tree) continue;
      for (let node = 0; node < tree.size; node++) {
        if (tree.kindOf(node) !== "identifier") continue;
        const started = startAround(tree, node);
        if (started === NONE) continue;
        const symbol = resolver.symbolAt(file.path, node);
        if (symbol?.kind !== "variable" || symbol.variable.role === "global") continue;
        const { variable } = symbol;
        if (variable.node >= started || !TRANSACTION.test(typeName(variable.type()) ?? ""))
          continue;
        const start = tree.start[started] ?? 0;
        const key = `${file.path}:${start}`;
        if (found.has(key)) continue;
        found.set(key, {
          at: placeOf(file, tree, node),
          transaction: variable.name,
          startedAt: { file: file.path, start, end: tree.end[started] ?? start },
        });
      }
    }
    return [...found.values()];
  },
);

/** The `go` of a `go` statement, or the callee of `group.Go(…)`, around a node; NONE outside of goroutines. */
function startAround(tree: Tree, node: NodeId): NodeId {
  for (let at = node; at !== NONE; at = functionAround(tree, at)) {
    const call = tree.parentOf(at);
    if (at !== node && tree.kindOf(at) === "func_literal") {
      const list = tree.kindOf(call) === "argument_list" ? tree.parentOf(call) : NONE;
      const callee = list === NONE ? NONE : tree.childIn(list, "function");
      if (callee !== NONE && /\.(?:Try)?Go$/.test(tree.textOf(callee))) return callee;
      if (tree.kindOf(tree.parentOf(call)) === "go_statement") return tree.parentOf(call) + 1;
    }
  }
  const list = tree.parentOf(node);
  const call = tree.kindOf(list) === "argument_list" ? tree.parentOf(list) : NONE;
  return call !== NONE && tree.kindOf(tree.parentOf(call)) === "go_statement"
    ? tree.parentOf(call) + 1
    : NONE;
}
