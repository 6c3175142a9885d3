import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { FunctionId } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import type { MemoryAccess } from "./memory-accesses.ts";

/** How far calls are followed. */
const DEPTH = 3;
const STORES = /\batomic\.\w+\.(?:Store|Swap|CompareAndSwap|CAS|Add)$/;
const LOADS = /\batomic\.\w+\.(?:Load|Swap|CompareAndSwap|CAS|Add)$/;

/**
 * Whether a write is made known by an atomic that the reader has looked at before:
 *
 *     c.conn = conn; c.state.Store(open)
 *     if c.state.Load() != open { return errClosed }; return c.conn.Write(data)
 */
export function isPublished(functions: Program, write: MemoryAccess, read: MemoryAccess): boolean {
  const isAfter = (one: Operation) => one.at.start > write.operation.at.start;
  const isBefore = (one: Operation) => one.at.start < read.operation.at.start;
  const told = touched(functions, write.model, STORES, isAfter, DEPTH);
  if (told.size === 0) return false;
  const asked = touched(functions, read.model, LOADS, isBefore, DEPTH);
  return [...asked].some((slot) => told.has(slot));
}

/** Whether the writer waits for what the reader's goroutine tells once it has read: `<-w.stopped`, `w.group.Wait()`. */
export function isAwaited(write: MemoryAccess, read: MemoryAccess): boolean {
  const told = operationsOf(read.model).flatMap((one) => {
    if (one.kind === "add") return one.group.slot ?? [];
    const tells = one.kind === "close" || one.kind === "send";
    return tells && one.at.end > read.operation.at.end ? (one.channel.slot ?? []) : [];
  });
  return operationsOf(write.model).some((one) => {
    if (one.at.start >= write.operation.at.start) return false;
    const at = one.kind === "receive" ? one.channel : one.kind === "wait" ? one.on : undefined;
    return at?.slot !== undefined && told.includes(at.slot);
  });
}

/** The fields whose atomics some operations of a function, or the functions that they call, use. */
function touched(
  functions: Program,
  { blocks }: FunctionModel,
  how: RegExp,
  isMeant: (operation: Operation) => boolean,
  depth: number,
): ReadonlySet<string> {
  const slots = new Set<string>();
  const follow = (id: FunctionId): void => {
    const model = depth === 0 ? undefined : functions.model(id);
    if (!model) return;
    for (const slot of touched(functions, model, how, () => true, depth - 1)) slots.add(slot);
  };
  for (const { operations } of blocks)
    for (const one of operations) {
      if (one.kind !== "call" || !isMeant(one)) continue;
      const { callee } = one;
      if (callee.kind === "static") follow(callee.function);
      if (callee.kind !== "external" || !how.test(callee.name)) continue;
      const { receiver } = callee;
      if (receiver?.kind === "path" && receiver.path.slot) slots.add(receiver.path.slot);
    }
  return slots;
}
