import type { HeldLocks } from "../locks/held-locks.ts";
import { type Callers, type Entry, isWithout, slotsOf } from "./callers.ts";
import type { MemoryAccess } from "./memory-accesses.ts";
import { ownerKey } from "./own-lock.ts";

/** A place in a function where something of an object is used. */
type Place = Pick<MemoryAccess, "model" | "path" | "key" | "held" | "perhapsHeld">;

/** How a function comes to a place without a lock: with none at all, or with others that are known. */
export function entryWithoutLock(
  lock: string,
  access: Place,
  callers: Callers,
  held: HeldLocks,
): Entry | undefined {
  const { model, path, perhapsHeld } = access;
  const free = perhapsHeld.size === 0 ? callers.entryOf(model, path) : undefined;
  if (free) return free;
  const locks = new Set([lock]);
  if (!isWithout(access, locks)) return undefined;
  const entry =
    callers.entryWithout(locks, model, path) ??
    (takesLock(access, lock, held) ? callers.entryOfLocker(model, path) : undefined);
  return entry && { ...entry, others: new Set([...entry.others, ...slotsOf(access)]) };
}

/** Whether the function takes the lock of this very object somewhere. */
function takesLock({ model, key }: Place, lock: string, locks: HeldLocks): boolean {
  return (locks.walk(model.id)?.acquisitions ?? []).some(
    (own) =>
      own.steps.length === 1 && own.lock.slot === lock && key.startsWith(`${ownerKey(own.lock)}.`),
  );
}
