import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { initializerOf } from "./initializer.ts";
import type { Lowering } from "./lowering.ts";

/** The lock of a condition variable: the argument of the `sync.NewCond` that a local, never reassigned variable begins with. */
export function conditionLock(lowering: Lowering, condition: NodeId): AccessPath | undefined {
  const name = lowering.bare(condition);
  if (lowering.kind(name) !== "identifier") return undefined;
  const symbol = lowering.unit.resolver.symbolAt(lowering.file, name);
  if (symbol?.kind !== "variable" || symbol.variable.isReassigned()) return undefined;
  if (symbol.variable.file !== lowering.file) return undefined;
  const initial = initializerOf(lowering.tree, symbol.variable.node);
  if (!initial || initial.isShared) return undefined;
  const call = lowering.bare(initial.value);
  if (lowering.kind(call) !== "call_expression") return undefined;
  const called = lowering.child(call, "function");
  if (called === NONE || lowering.text(called) !== "sync.NewCond") return undefined;
  const [lock] = lowering.children(lowering.child(call, "arguments"));
  const value = lock === undefined ? undefined : lowering.peek(lock);
  return value?.kind === "path" ? value.path : undefined;
}
