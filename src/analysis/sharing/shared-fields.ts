import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionHeader } from "../../model/function.ts";
import type { AccessPath, FunctionId, Step, Variable } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import type { Acquisition } from "../locks/acquisition.ts";
import { type HeldLocks, heldLocks } from "../locks/held-locks.ts";
import { Callers, type Entry, slotsOf, typesThatLock, waitsBefore } from "./callers.ts";
import { isAfterEnd } from "./completions.ts";
import { lentLocks } from "./lent-locks.ts";
import { calledUnderLocks, LockedByCallers } from "./locked-by-callers.ts";
import { isAmongOthers, isWrittenLocked } from "./locked-writes.ts";
import { isGivenByCall, isGivenNewBefore, isMadeHere, isMadeOrGiven } from "./made-here.ts";
import {
  type MemoryAccess,
  type MemoryAccesses,
  memoryAccesses,
  touchTheSame,
} from "./memory-accesses.ts";
import { isNamedAfter } from "./named-guards.ts";
import { entryWithoutLock } from "./open-entry.ts";
import { isOwnLock, ownLock } from "./own-lock.ts";
import { isPreparing } from "./preparing.ts";

/**
 * A field, and where it is used with and without the lock that goes with it:
 *
 *     func (c *Cache) Put(…)  { c.mu.Lock(); c.items[k] = v; c.mu.Unlock() }   // locked
 *     func (c *Cache) Size()  { return len(c.items) }                          // open
 *
 * The lock hangs on the object itself, on one that it is part of, or is a variable of the package. Left out are tests, objects
 * that are made in the function, functions that only they reach, and what is not certain: functions whose callers hold the
 * lock, or are not known.
 */
export interface SharedField {
  /** `package.Type.field`. */
  readonly slot: string;
  readonly name: string;
  /** Slot and text of the lock. */
  readonly lock: string;
  readonly lockText: string;
  readonly locked: readonly LockedAccess[];
  readonly open: readonly OpenAccess[];
}

export interface LockedAccess extends MemoryAccess {
  readonly by: Acquisition;
  /** The calls between the one who locks and the access; none where the function does so itself. */
  readonly calls: readonly Place[];
}

/** An access that is reached without the field's lock, with or without others. */
export interface OpenAccess extends MemoryAccess {
  readonly entry: Entry;
  /** Where other locks are held here: a use under the right lock that holds none of these. */
  readonly meets?: LockedAccess;
}

export const sharedFields = defineAnalysis("shared fields", (use): SharedField[] => {
  const functions = use(program);
  const locks = use(heldLocks);
  if (locks.walks.length === 0) return [];
  const accesses = use(memoryAccesses);
  const callers = new Callers(functions, accesses, typesThatLock(locks));
  const locked = new Map<string, LockedAccess[]>();
  for (const { model } of locks.walks) {
    if (model.isTest || isForTests(model)) continue;
    const inside = accesses.of(model.id)?.accesses ?? [];
    for (const access of inside) noteLocked(access, inside, locked);
  }
  const byCallers = new LockedByCallers(callers);
  for (const id of calledUnderLocks(locks, accesses)) {
    const inside = functions.header(id)?.isTest ? undefined : accesses.of(id);
    for (const access of inside?.accesses ?? [])
      if (isLockable(access) && !access.held.some(({ lock }) => isOwnLock(lock, access.path))) {
        const lock = byCallers.of(access);
        if (lock) note(locked, { ...access, ...lock });
      }
  }
  const openly = writtenOpenly(locks, accesses);
  const written = [...locked].filter(
    ([slot, all]) =>
      isWrittenLocked(all) ||
      isNamedAfter(all[0]?.by.lock.slot ?? "", slot) ||
      openly.has(slot) ||
      all.some(({ holds, model }) => holds === "map" && !isPreparing(model)) ||
      all.some((access) => isAlone(access, accesses)),
  );
  if (written.length === 0) return [];
  const lent = use(lentLocks);
  const fields = written
    .map(([slot, all]) => mostLocked(slot, all))
    .filter((field) => !isLent(field, lent));
  const guards = new Map(fields.map(({ slot, lock }) => [slot, lock]));
  const open = openAccesses(functions, accesses, callers, locks, guards);
  const outside = locksTakenOutside(locks);
  return fields.map((field) => {
    const certain = certainly(field, open.get(field.slot) ?? [], outside, functions, locks).filter(
      // Its own lock may be a pointer to the very same one.
      ({ entry: { others } }) => ![...others].some((slot) => lent.has(slot)),
    );
    return { ...field, open: certain.flatMap((access) => meeting(access, field, callers) ?? []) };
  });
});

/** Uses of fields that are reached without their lock, by slot; `guards`: the slots of the fields and of the locks that go with them. */
export type OpenUses = (
  guards: ReadonlyMap<string, string>,
) => ReadonlyMap<string, readonly OpenAccess[]>;

export const openUses = defineAnalysis("open uses", (use): OpenUses => {
  const functions = use(program);
  const accesses = use(memoryAccesses);
  const locks = use(heldLocks);
  const callers = new Callers(functions, accesses, typesThatLock(locks));
  const isOfWriter = ({ isWrite, model, path: { slot } }: OpenAccess): boolean =>
    !isWrite &&
    (accesses.of(model.id)?.accesses ?? []).some(
      (other) => other.isWrite && other.path.slot === slot && other.held.length > 0,
    );
  return (guards) =>
    new Map(
      [...openAccesses(functions, accesses, callers, locks, guards)]
        .filter(([slot]) => isChanged(slot, functions, accesses))
        .map(([slot, all]) => [
          slot,
          // Who writes it under the lock may be the only one, and look at it without.
          all.filter((one) => !isOfWriter(one)),
        ]),
    );
});

/** Whether somebody writes a field who did not make the object: what stays as it was made needs no lock. */
function isChanged(slot: string, functions: Program, accesses: MemoryAccesses): boolean {
  const name = slot.slice(slot.lastIndexOf(".") + 1);
  if (/^\p{Lu}/u.test(name)) return true;
  return functions
    .functionsWith(new RegExp(`\\b${name}\\b`))
    .some(({ id }) =>
      (accesses.of(id)?.accesses ?? []).some(
        ({ isWrite, model, path }) => isWrite && path.slot === slot && !isMadeHere(model, path),
      ),
    );
}

/** `RegisterTestEndpoint`, `SetClockForTesting`. */
function isForTests({ name }: FunctionHeader): boolean {
  return /Test(?:s|ing)?(?:\p{Lu}\w*)?$/u.test(name.slice(name.lastIndexOf(".") + 1));
}

function noteLocked(
  access: MemoryAccess,
  inside: readonly MemoryAccess[],
  locked: Map<string, LockedAccess[]>,
): void {
  const by = ownLock(access.held, access.path);
  if (!by || !isLockable(access) || isForPackage(by, access, inside)) return;
  note(locked, { ...access, by, calls: [] });
}

/** `mu.Lock(); sessions[key] = s; c.current = s`: a lock of the package is there for the variables of the package beside it. */
function isForPackage(
  { at, lock }: Acquisition,
  { path }: MemoryAccess,
  inside: readonly MemoryAccess[],
): boolean {
  if (!isGlobal(lock) || isGlobal(path)) return false;
  return inside.some(
    (one) => isGlobal(one.path) && one.held.some((other) => other.at.start === at.start),
  );
}

/** A section in which nothing but this field is read is there for it. */
export function isAlone(
  { isWrite, model, by, calls, path: { slot } }: LockedAccess,
  accesses: MemoryAccesses,
): boolean {
  if (isWrite || calls.length > 0 || by.steps.length > 1 || isPreparing(model)) return false;
  const { accesses: all, calls: called } = accesses.of(model.id) ?? { accesses: [], calls: [] };
  const isInside = ({ held }: Pick<MemoryAccess, "held">) =>
    held.some(({ at }) => at.start === by.at.start);
  return (
    all.every((one) => one.path.slot === slot || !isFieldOrGlobal(one.path) || !isInside(one)) &&
    !called.some((one) => one.operation.callee.kind === "static" && isInside(one))
  );
}

/** Fields that some function writes without the lock that it takes elsewhere. */
function writtenOpenly(locks: HeldLocks, accesses: MemoryAccesses): ReadonlySet<string> {
  const slots = new Set<string>();
  for (const { model, acquisitions } of locks.walks) {
    if (acquisitions.length === 0 || model.isTest || isPreparing(model)) continue;
    for (const access of accesses.of(model.id)?.accesses ?? [])
      if (access.isWrite && access.perhapsHeld.size === 0 && isLockable(access))
        slots.add(access.path.slot ?? "");
  }
  return slots;
}

/** A field of an object that others may have, or a variable of the package. */
function isLockable({ model, path }: MemoryAccess): boolean {
  return path.slot !== undefined && isFieldOrGlobal(path) && !isMadeHere(model, path);
}

function isFieldOrGlobal({ root, steps }: AccessPath): boolean {
  return steps.length > 0 ? steps.at(-1)?.kind === "field" : isGlobal({ root });
}

function isGlobal({ root }: Pick<AccessPath, "root">): boolean {
  return root.kind === "variable" && root.variable.role === "global";
}

function note(locked: Map<string, LockedAccess[]>, access: LockedAccess): void {
  const { slot } = access.path;
  if (slot === undefined || access.by.lock.slot === undefined) return;
  const known = locked.get(slot);
  if (known) known.push(access);
  else locked.set(slot, [access]);
}

/** Uses of fields that are reached without their lock: with none at all, or with others that are known. */
function openAccesses(
  functions: Program,
  accesses: MemoryAccesses,
  callers: Callers,
  locks: HeldLocks,
  guards: ReadonlyMap<string, string>,
): ReadonlyMap<string, OpenAccess[]> {
  const names = new Set([...guards.keys()].map((slot) => slot.slice(slot.lastIndexOf(".") + 1)));
  const interest = new RegExp(`\\b(?:${[...names].join("|")})\\b`);
  const made = new Set(guards.values());
  const open = new Map<string, OpenAccess[]>();
  for (const { id, isTest } of functions.functionsWith(interest)) {
    if (isTest) continue;
    const inside = accesses.of(id)?.accesses ?? [];
    // Who makes the lock prepares what it guards.
    if (inside.some(({ isWrite, path }) => isWrite && made.has(path.slot ?? ""))) continue;
    for (const access of inside) {
      const { slot } = access.path;
      const lock = guards.get(slot ?? "");
      if (slot === undefined || lock === undefined) continue;
      if (!isFieldOrGlobal(access.path)) continue;
      if (callers.isPreparing(access.model) && !isAfterLock(access, lock, locks)) continue;
      if (isMadeOrGiven(functions, access.model, access.path)) continue;
      if (isOfNewLocal(functions, access)) continue;
      if (waitsBefore(access.model, access.operation) || isAfterEnd(access)) continue;
      const entry = entryWithoutLock(lock, access, callers, locks);
      if (!entry) continue;
      if (!access.isWrite && isWired(access, inside, functions, accesses)) continue;
      const known = open.get(slot);
      if (known) known.push({ ...access, entry });
      else open.set(slot, [{ ...access, entry }]);
    }
  }
  return open;
}

/** Of a local that has got a new object, and gets another one later perhaps. */
function isOfNewLocal(
  functions: Program,
  { model, path: { root }, operation }: MemoryAccess,
): boolean {
  return (
    root.kind === "variable" &&
    root.variable.role === "local" &&
    isGivenNewBefore(functions, model, root.variable, operation.at)
  );
}

/**
 * A read behind something that the function gives the object to work with, which nobody else does: it is being put together.
 *
 *     func (c *Controller) Run(threads *Threads) { c.threads = threads; for _, h := range c.hooks { … } }
 */
function isWired(
  read: MemoryAccess,
  inside: readonly MemoryAccess[],
  functions: Program,
  accesses: MemoryAccesses,
): boolean {
  return inside.some(({ held, isWrite, isElement, holds, model, operation, path }) => {
    if (!isWrite || isElement || held.length > 0 || operation.kind !== "write") return false;
    if (operation.at.start > read.operation.at.start) return false;
    const { slot, root, steps } = path;
    const isOfReceiver = root.kind === "variable" && root.variable.role === "receiver";
    if (!isOfReceiver || steps.length !== 1 || slot === undefined || holds === "plain")
      return false;
    const { value } = operation;
    const isGiven =
      value.kind === "path" &&
      value.path.steps.length === 0 &&
      value.path.root.kind === "variable" &&
      value.path.root.variable.role === "parameter";
    return isGiven && isSetBy(model.id, slot, functions, accesses);
  });
}

/** Whether one function alone sets a field, of those that have not made the object. */
function isSetBy(
  id: FunctionId,
  slot: string,
  functions: Program,
  accesses: MemoryAccesses,
): boolean {
  const name = slot.slice(slot.lastIndexOf(".") + 1);
  return functions
    .functionsWith(new RegExp(`\\b${name}\\b`))
    .every(
      (one) =>
        one.id === id ||
        one.isTest ||
        !(accesses.of(one.id)?.accesses ?? []).some(
          ({ isWrite, model, path }) =>
            isWrite && path.slot === slot && !isMadeHere(model, path) && !isPreparing(model),
        ),
    );
}

/** A read behind a use of the lock: who takes it knows that others are there. */
function isAfterLock(
  { isWrite, model, operation }: MemoryAccess,
  lock: string,
  locks: HeldLocks,
): boolean {
  const own = isWrite ? [] : (locks.walk(model.id)?.acquisitions ?? []);
  return own.some(
    (one) => one.steps.length === 1 && one.lock.slot === lock && one.at.start < operation.at.start,
  );
}

/** A use that holds other locks matters where some use under the right one does not hold these. */
function meeting(
  access: OpenAccess,
  { locked, lock }: Pick<SharedField, "locked" | "lock">,
  callers: Callers,
): OpenAccess | undefined {
  const { others } = access.entry;
  if (others.size === 0) return access;
  const meets = locked.find(
    (other) =>
      (other.isWrite || access.isWrite) &&
      !access.entry.through.includes(other.model.id) &&
      other.calls.length === 0 &&
      isAmongOthers(other) &&
      touchTheSame(access, other) &&
      slotsOf(other).every((slot) => slot === lock || !others.has(slot)) &&
      other.perhapsHeld.size === other.held.length &&
      callers.entryWithout(others, other.model, other.path),
  );
  return meets && { ...access, meets };
}

/** The lock of another object, beside the field of this one. */
function isLent({ locked, lock }: Omit<SharedField, "open">, lent: ReadonlySet<string>): boolean {
  return (
    lent.has(lock) && locked.every(({ path, by }) => path.steps.length === by.lock.steps.length)
  );
}

/** With the lock that is held most often. */
function mostLocked(slot: string, all: readonly LockedAccess[]): Omit<SharedField, "open"> {
  const byLock = new Map<string, LockedAccess[]>();
  for (const access of all) {
    const lock = access.by.lock.slot ?? "";
    byLock.set(lock, [...(byLock.get(lock) ?? []), access]);
  }
  const [most] = [...byLock].sort(([, left], [, right]) => right.length - left.length);
  const [lock, locked] = most ?? ["", []];
  const lockText = locked[0]?.by.lock.text ?? lock;
  return { slot, name: slot.slice(slot.lastIndexOf(".") + 1), lock, lockText, locked };
}

function certainly(
  { locked, lock }: Pick<SharedField, "locked" | "lock">,
  open: readonly OpenAccess[],
  outside: ReadonlySet<string>,
  functions: Program,
  locks: HeldLocks,
): readonly OpenAccess[] {
  const own = locked.every(isPartOfOwner)
    ? open.filter(
        (one) => one.path.steps.length === 0 || one.path.steps.length > fewestBetween(locked),
      )
    : open.filter((one) => isReachedFrom(typeOf(lock), one));
  const shared = own.filter((one) => !isPerhapsAlone(functions, one, locks));
  return outside.has(lock) ? shared.filter(isNotForCallersToLock) : shared;
}

/** No pointer leads from the owner of the lock to the field: whoever has the field has the lock. */
function isPartOfOwner({ path, by: { lock } }: LockedAccess): boolean {
  const between = partsBetween(path, lock);
  return lock.root.kind !== "variable" || between.every((step) => "isPart" in step);
}

/** The fields between the owner of a lock and a field: who uses it without naming them may have a part by itself. */
function partsBetween(path: AccessPath, lock: AccessPath): readonly Step[] {
  return isGlobal(lock) ? [] : path.steps.slice(Math.max(lock.steps.length - 1, 0), -1);
}

function fewestBetween(locked: readonly LockedAccess[]): number {
  return Math.min(...locked.map(({ path, by }) => partsBetween(path, by.lock).length));
}

/** Through a method of the lock's owner. */
function isReachedFrom(owner: string | undefined, { model, path: { root } }: OpenAccess): boolean {
  if (root.kind !== "variable" || root.variable.role !== "receiver") return false;
  return owner !== undefined && new RegExp(`^\\(?\\*?${owner}\\b`).test(model.name);
}

/** `Type` of `package.Type.lock`. */
function typeOf(slot: string): string | undefined {
  return slot.split(".").at(-2);
}

/** A local that the function did not make may be all that is left of the object: who fetched it may be the last to have it. */
function isPerhapsAlone(
  functions: Program,
  { model, path: { root } }: OpenAccess,
  locks: HeldLocks,
): boolean {
  if (root.kind !== "variable" || root.variable.role !== "local") return false;
  const { declaredIn = model.id } = root.variable;
  const owner = declaredIn === model.id ? model : functions.accesses?.(declaredIn);
  // What a closure knows by a local of the function around it is one for each pass of the loop that it came by.
  if (!owner || (owner !== model && !root.variable.isRanged)) return false;
  if (isGivenByCall(owner, root.variable)) return false;
  const own = locks.walk(model.id)?.acquisitions ?? [];
  return !own.some(({ lock, steps }) => steps.length === 1 && isOf(lock, root.variable));
}

/** A lock that hangs on a variable itself. */
function isOf({ root, steps }: Acquisition["lock"], variable: Variable): boolean {
  return root.kind === "variable" && root.variable.id === variable.id && steps.length === 1;
}

/** Exported locks that others than the object's own methods take: those who call its methods may hold them. */
function locksTakenOutside({ walks }: HeldLocks): ReadonlySet<string> {
  const slots = new Set<string>();
  for (const { acquisitions } of walks)
    for (const { lock, steps } of acquisitions) {
      const isOwn = lock.root.kind === "variable" && lock.root.variable.role === "receiver";
      const last = lock.steps.at(-1);
      const isExported = last?.kind === "field" && /^\p{Lu}/u.test(last.name);
      const isOutside = !isOwn || lock.steps.length > 1;
      if (steps.length === 1 && isExported && isOutside && lock.slot) slots.add(lock.slot);
    }
  return slots;
}

function isNotForCallersToLock({ entry, path }: OpenAccess): boolean {
  if (entry.isGoroutine || path.root.kind !== "variable") return true;
  const { role } = path.root.variable;
  return role !== "receiver" && role !== "parameter";
}

/** A line that names a field twice counts once. */
export function places(accesses: readonly MemoryAccess[]): number {
  return new Set(accesses.map(({ model, operation }) => `${model.file} ${operation.at.start}`))
    .size;
}
