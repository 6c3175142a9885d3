import type { LockMode } from "../../model/operation.ts";
import type { FunctionId } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { type LockName, lockName } from "./lock-name.ts";
import type { LockWalk } from "./walk-outcome.ts";

export interface Held {
  readonly name: LockName;
  readonly mode: LockMode;
}

/** Rounds over all calls: what is held gets passed on one call a round. */
const ROUNDS = 8;

/**
 * Locks that every caller in the unit holds when it calls a function: for functions that nobody outside can call and that are seen
 * called. A function that is started as a goroutine, or passed around, is called by others too, with nothing held.
 */
export function heldAtEntry(
  walks: readonly LockWalk[],
  functions: Program,
): ReadonlyMap<FunctionId, readonly Held[]> {
  const free = freelyCalled(walks);
  const isClosed = (id: FunctionId) => !free.has(id) && !functions.header(id)?.isExported;
  let known = new Map<FunctionId, readonly Held[]>();
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map<FunctionId, readonly Held[]>();
    for (const { model, calls } of walks) {
      const outer = known.get(model.id) ?? [];
      for (const { callee, held } of calls) {
        if (!isClosed(callee)) continue;
        const here = [
          ...outer,
          ...held.flatMap(({ lock, mode }) => {
            const name = lockName(lock);
            return name === undefined ? [] : [{ name, mode }];
          }),
        ];
        const before = next.get(callee);
        next.set(callee, before ? common(before, here) : here);
      }
    }
    if (isSame(known, next)) break;
    known = next;
  }
  return known;
}

function common(left: readonly Held[], right: readonly Held[]): Held[] {
  return left.filter((one) => right.some((other) => other.name === one.name));
}

function isSame(
  left: ReadonlyMap<FunctionId, readonly Held[]>,
  right: ReadonlyMap<FunctionId, readonly Held[]>,
): boolean {
  if (left.size !== right.size) return false;
  return [...right].every(([id, held]) => left.get(id)?.length === held.length);
}

/** Functions that are started, deferred or handed on as values. */
function freelyCalled(walks: readonly LockWalk[]): ReadonlySet<FunctionId> {
  const free = new Set<FunctionId>();
  for (const { model } of walks) {
    for (const { operations } of model.blocks) {
      for (const operation of operations) {
        if (operation.kind === "spawn" && operation.callee.kind === "static")
          free.add(operation.callee.function);
        if (operation.kind === "spawn" || operation.kind === "call")
          for (const value of operation.arguments)
            if (value.kind === "function") free.add(value.function);
        if (
          (operation.kind === "escape" ||
            operation.kind === "assign" ||
            operation.kind === "write") &&
          operation.value.kind === "function"
        )
          free.add(operation.value.function);
      }
    }
  }
  return free;
}
