import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";

/** Who releases locks that somebody else has taken. */
export interface LockHandOffs {
  /** Whether some function may release this lock for the one that took it. */
  mayBeReleasedElsewhere(lock: AccessPath): boolean;
}

/**
 * Looks for functions that release a lock which they nowhere take: the other half of a helper pair, a caller that unlocks
 * what its callee has locked, a closure. One that does so by a name that tells nothing of where the lock lives (a
 * parameter, an alias) may release any.
 */
export function lockHandOffs(models: readonly FunctionModel[]): LockHandOffs {
  const slots = new Set<string>();
  let isAnyHandedOn = false;
  for (const model of models) {
    const operations = model.blocks.flatMap((block) => block.operations.flatMap(withDeferred));
    const taken = operations.flatMap((one) => (one.kind === "acquire" ? [one.lock] : []));
    const keys = new Set(taken.map(pathKey));
    const takenSlots = new Set(taken.map(({ slot }) => slot));
    for (const one of operations) {
      if (one.kind !== "release" || keys.has(pathKey(one.lock))) continue;
      const { slot } = one.lock;
      if (slot === undefined) isAnyHandedOn = true;
      else if (!takenSlots.has(slot)) slots.add(slot);
    }
  }
  return {
    mayBeReleasedElsewhere: ({ slot }) => slot === undefined || isAnyHandedOn || slots.has(slot),
  };
}

function withDeferred(operation: Operation): readonly Operation[] {
  return operation.kind === "defer" ? operation.operations : [operation];
}
