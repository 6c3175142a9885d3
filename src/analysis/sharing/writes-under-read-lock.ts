import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { AccessPath } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import type { Acquisition } from "../locks/acquisition.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { lentLocks } from "./lent-locks.ts";
import { isMadeHere } from "./made-here.ts";
import { type MemoryAccess, memoryAccesses } from "./memory-accesses.ts";
import { ownerKey } from "./own-lock.ts";

/** A field is written while its lock is held for reading only, so that other readers are there too. */
export interface WriteUnderReadLock {
  readonly access: MemoryAccess;
  readonly lock: Acquisition;
  readonly lockedAt: Place;
}

const INTEREST = /\bRLock\(/;
/** What a comment says of a function that one goroutine at a time calls. */
const ONE_AT_A_TIME =
  /external(?:ly)? synchroni[sz]|no concurrent|not (?:be called |safe for )?concurrent|single[- ](?:threaded|writer|producer)/i;

export const writesUnderReadLock = defineAnalysis(
  "writes under a read lock",
  (use): WriteUnderReadLock[] => {
    const functions = use(program);
    const locks = use(heldLocks);
    const speaking = new Set(functions.functionsWith(INTEREST).map(({ id }) => id));
    const accesses = use(memoryAccesses);
    const lent = use(lentLocks);
    return locks.walks.flatMap(({ model }) => {
      if (
        !speaking.has(model.id) ||
        model.isTest ||
        ONE_AT_A_TIME.test(model.comment) ||
        !functions.isJudged(model.file)
      )
        return [];
      return (accesses.of(model.id)?.accesses ?? []).flatMap((access) => {
        const lock = access.isWrite ? onlyReadLock(access) : undefined;
        const [step] = lock?.steps ?? [];
        if (!lock || !step || isMadeHere(model, access.path)) return [];
        if (lent.has(lock.lock.slot ?? "")) return [];
        return [{ access, lock, lockedAt: step.at }];
      });
    });
  },
);

/**
 * The read lock around a write that has no other lock around it. The field belongs to the object that the lock belongs to;
 * elements of slices may be one for each reader.
 */
function onlyReadLock(access: MemoryAccess): Acquisition | undefined {
  const { held, perhapsHeld, path, isElement, holds } = access;
  const [only] = held;
  if (!only || held.length !== 1 || perhapsHeld.size !== 1 || only.mode !== "read")
    return undefined;
  if (isElement && holds !== "map") return undefined;
  return isSameOwner(only.lock, path) ? only : undefined;
}

function isSameOwner(lock: AccessPath, path: AccessPath): boolean {
  const isGlobal = ({ root, steps }: AccessPath) =>
    root.kind === "variable" && root.variable.role === "global" && steps.length === 0;
  if (isGlobal(lock) && isGlobal(path)) return true;
  const owner = ownerKey(lock);
  return owner !== undefined && owner === ownerKey(path);
}
