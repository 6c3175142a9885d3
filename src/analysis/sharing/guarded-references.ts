import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { type FunctionAccesses, type MemoryAccess, memoryAccesses } from "./memory-accesses.ts";
import { isPreparing } from "./preparing.ts";
import { type LockedAccess, type SharedField, sharedFields } from "./shared-fields.ts";

/**
 * A map that is fetched under its lock and used when the lock is gone, while others change it in place:
 *
 *     c.mu.Lock()
 *     peers := c.peers              // the same map under another name
 *     c.mu.Unlock()
 *     for _, peer := range peers    // grows meanwhile
 *
 * or that a method hands out so. Maps that are only ever replaced are snapshots, and so is one that the function itself replaces.
 */
export interface GuardedReference {
  /** The map, as the function names it, and its lock. */
  readonly path: AccessPath;
  readonly lock: AccessPath;
  readonly takenAt: Place;
  readonly at: Place;
  /** The name that it has here; undefined where it is returned. */
  readonly as: string | undefined;
  readonly change: LockedAccess;
  readonly changedAt: Place;
}

export const guardedReferences = defineAnalysis("guarded references", (use): GuardedReference[] => {
  const functions = use(program);
  const accesses = use(memoryAccesses);
  const changed = new Map(use(sharedFields).flatMap(changedInPlace));
  if (changed.size === 0) return [];
  return use(heldLocks).walks.flatMap(({ model }) => {
    const inside =
      functions.isJudged(model.file) && !model.isTest ? accesses.of(model.id) : undefined;
    return inside ? fetchedIn(inside, changed) : [];
  });
});

/** The change in place that a field has under its lock. */
function changedInPlace({ slot, lock, locked }: SharedField): [string, LockedAccess][] {
  const change = locked.find(
    ({ isWrite, isElement, holds, model, by }) =>
      isWrite && isElement && holds === "map" && by.lock.slot === lock && !isPreparing(model),
  );
  return change ? [[slot, change]] : [];
}

function fetchedIn(
  inside: FunctionAccesses,
  changed: ReadonlyMap<string, LockedAccess>,
): GuardedReference[] {
  const { model } = inside;
  const found = new Map<string, GuardedReference>();
  for (const read of inside.accesses) {
    const change = changed.get(read.path.slot ?? "");
    if (!change || read.isWrite || read.isElement || isReplaced(inside, read)) continue;
    if (comesAfterOthers(inside, read)) continue;
    const by = read.held.find(({ lock }) => lock.slot === change.by.lock.slot);
    const used = by && (returned(model, read) ?? usedOpenly(inside, read, by.key));
    if (!by || !used || found.has(read.key)) continue;
    found.set(read.key, {
      path: read.path,
      lock: by.lock,
      takenAt: placeIn(model, read.operation.at),
      ...used,
      change,
      changedAt: placeIn(change.model, change.operation.at),
    });
  }
  return [...found.values()];
}

/** The function puts another map in its place: what it has then is its own. */
function isReplaced({ accesses }: FunctionAccesses, { key }: MemoryAccess): boolean {
  return accesses.some((other) => other.isWrite && !other.isElement && other.key === key);
}

/** A wait or a receive stands before it: those who changed the map may be done. */
function comesAfterOthers({ model }: FunctionAccesses, { operation }: MemoryAccess): boolean {
  return model.blocks.some(({ operations }) =>
    operations.some(
      ({ kind, at }) => (kind === "wait" || kind === "receive") && at.start < operation.at.start,
    ),
  );
}

type Use = Pick<GuardedReference, "at" | "as">;

function returned(model: FunctionModel, { path, operation }: MemoryAccess): Use | undefined {
  const key = pathKey(path);
  const isIt = ({ end }: FunctionModel["blocks"][number]): boolean =>
    end.kind === "return" &&
    end.at.start <= operation.at.start &&
    operation.at.end <= end.at.end &&
    end.values.some((value) => value.kind === "path" && pathKey(value.path) === key);
  return model.blocks.some(isIt) ? { at: placeIn(model, operation.at), as: undefined } : undefined;
}

/** A local variable that is never anything else gets the map, and its elements are read where the lock is not held. */
function usedOpenly(
  { model, accesses }: FunctionAccesses,
  read: MemoryAccess,
  lock: string,
): Use | undefined {
  const name = accesses.find(
    ({ isWrite, path, operation }) =>
      isWrite &&
      operation.kind === "write" &&
      operation.value.kind === "path" &&
      pathKey(operation.value.path) === read.key &&
      isLocal(path),
  );
  if (!name) return undefined;
  const used = accesses.find(
    ({ key, isElement, perhapsHeld }) => key === name.key && isElement && !perhapsHeld.has(lock),
  );
  return used && { at: placeIn(model, used.operation.at), as: name.path.text };
}

function isLocal({ root, steps }: AccessPath): boolean {
  return (
    steps.length === 0 &&
    root.kind === "variable" &&
    root.variable.role === "local" &&
    !root.variable.isReassigned
  );
}
