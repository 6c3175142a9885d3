import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { functionAround } from "../calls.ts";
import { goResolver } from "../go-analyses.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";
import { statementsOf } from "../statements.ts";
import type { GoResolver } from "../type.ts";
import { type LockCall, lockCalls, statementOf } from "./lock-calls.ts";

/** A lock that each pass of a range loop takes and gives back, with nothing in the pass that could wait. */
export interface LockInLoop {
  readonly at: Place;
  readonly lock: string;
  readonly loopAt: Place;
}

export const locksInLoops = defineAnalysis("locks in loops", (use): LockInLoop[] => {
  const resolver = use(goResolver);
  return use(lockCalls).flatMap((call): LockInLoop[] => {
    const { file, tree, method, node, text } = call;
    const statement = method === "Lock" || method === "RLock" ? statementOf(call) : NONE;
    const loop = statement === NONE || file.isTest ? NONE : rangeAround(tree, statement);
    if (loop === NONE || isOfPass(call, loop, resolver) || maySlow(tree, loop)) return [];
    const unlocks = statementsOf(tree, tree.parentOf(tree.parentOf(statement))).some((one) =>
      new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\.R?Unlock\\(\\)$`).test(
        tree.textOf(one),
      ),
    );
    if (!unlocks) return [];
    const start = tree.start[loop] ?? 0;
    return [
      {
        at: { file: file.path, ...tree.spanOf(node) },
        lock: text,
        loopAt: { file: file.path, start, end: start + 3 },
      },
    ];
  });
});

/** The range loop whose body the statement stands in directly. */
function rangeAround(tree: Tree, statement: NodeId): NodeId {
  const block = tree.parentOf(tree.parentOf(statement));
  const loop = block === NONE ? NONE : tree.parentOf(block);
  if (loop === NONE || tree.kindOf(loop) !== "for_statement") return NONE;
  const head = tree.namedChildren(loop)[0] ?? NONE;
  return head !== NONE && tree.kindOf(head) === "range_clause" ? loop : NONE;
}

/** `for _, shard := range shards { shard.mu.Lock() }`, `shard := shards[i]; shard.mu.Lock()`: another lock in each pass. */
function isOfPass({ file, tree, operand }: LockCall, loop: NodeId, resolver: GoResolver): boolean {
  if (tree.textOf(operand).includes("[")) return true;
  let root = operand;
  while (tree.kindOf(root) === "selector_expression") root = tree.childIn(root, "operand");
  const symbol =
    tree.kindOf(root) === "identifier" ? resolver.symbolAt(file.path, root) : undefined;
  return (
    symbol?.kind !== "variable" ||
    (symbol.variable.file === file.path && symbol.variable.node > loop)
  );
}

/** What may take long is better done without the lock: channels, goroutines, and calls of other packages. */
function maySlow(tree: Tree, loop: NodeId): boolean {
  const owner = functionAround(tree, loop);
  return (
    nodesOfKind(tree, "call_expression", loop).some((call) => {
      const callee = tree.textOf(tree.childIn(call, "function"));
      return !/^(?:append|len|cap|delete|copy|min|max|clear|make|new)$|\.R?(?:Lock|Unlock)$/.test(
        callee,
      );
    }) ||
    /<-|\bgo\s|\bselect\b/.test(tree.textOf(loop)) ||
    owner === NONE
  );
}
