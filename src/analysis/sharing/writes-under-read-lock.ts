import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import type { Acquisition } from "../locks/acquisition.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { lentLocks } from "./lent-locks.ts";
import { isMadeHere } from "./made-here.ts";
import {
  type FunctionAccesses,
  type MemoryAccess,
  type MemoryAccesses,
  memoryAccesses,
} from "./memory-accesses.ts";
import { ownerKey } from "./own-lock.ts";

/** A field is written while its lock is held for reading only, so that other readers are there too. */
export interface WriteUnderReadLock {
  readonly access: MemoryAccess;
  readonly lock: Acquisition;
  readonly lockedAt: Place;
  /** The function that holds the lock, and its call of the one that writes, where these are two. */
  readonly caller?: FunctionModel;
  readonly calledAt?: Place;
}

const INTEREST = /\bRLock\(/;
/** What a comment says of a function that one goroutine at a time calls. */
const ONE_AT_A_TIME =
  /external(?:ly)? synchroni[sz]|no concurrent|not (?:be called |safe for )?concurrent|single[- ](?:thread|writer|producer|goroutine)/i;

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
      const own = accesses.of(model.id);
      if (!own) return [];
      return [...ownWrites(own), ...writesOfHelpers(own, accesses)].filter(
        ({ lock }) => !lent.has(lock.lock.slot ?? ""),
      );
    });
  },
);

function ownWrites({ model, accesses }: FunctionAccesses): WriteUnderReadLock[] {
  return accesses.flatMap((access) => {
    const lock = access.isWrite ? onlyReadLock(access) : undefined;
    const [step] = lock?.steps ?? [];
    if (!lock || !step || isMadeHere(model, access.path)) return [];
    return [{ access, lock, lockedAt: step.at }];
  });
}

/**
 * Writes of a method without a lock of its own, which another method of the object calls under its read lock:
 *
 *     g.mu.RLock(); defer g.mu.RUnlock()
 *     return g.entries[g.stem(term)]          // stem remembers the stem in a map of g
 */
function writesOfHelpers(
  { model, calls }: FunctionAccesses,
  accesses: MemoryAccesses,
): WriteUnderReadLock[] {
  return calls.flatMap(({ operation, held, perhapsHeld }) => {
    const { callee } = operation;
    const [lock, ...others] = held;
    const [step] = lock?.steps ?? [];
    if (operation.kind !== "call" || callee.kind !== "static" || !lock || !step) return [];
    if (others.length > 0 || perhapsHeld.size !== 1 || lock.mode !== "read") return [];
    const receiver = callee.receiver?.kind === "path" ? callee.receiver.path : undefined;
    const owner = ownerKey(lock.lock);
    if (!receiver || owner === undefined || pathKey(receiver) !== owner) return [];
    if (isMadeHere(model, receiver)) return [];
    return unlockedWrites(accesses.of(callee.function)).map((access) => ({
      access,
      lock,
      lockedAt: step.at,
      caller: model,
      calledAt: placeIn(model, operation.at),
    }));
  });
}

/** To fields of the receiver, in a method that holds no lock at any of its accesses. */
function unlockedWrites(helper: FunctionAccesses | undefined): readonly MemoryAccess[] {
  const receiver = helper?.model.receiver;
  if (!helper || !receiver || helper.model.isTest) return [];
  if (helper.accesses.some(({ perhapsHeld }) => perhapsHeld.size > 0)) return [];
  return helper.accesses.filter(
    ({ isWrite, isElement, holds, path }) =>
      isWrite &&
      (!isElement || holds === "map") &&
      path.root.kind === "variable" &&
      path.root.variable === receiver &&
      path.steps.length === 1 &&
      path.steps[0]?.kind === "field",
  );
}

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
