import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import { enclosingOf, type Program, program } from "../../model/program.ts";
import { type CallSite, type CallSites, callSites } from "../locks/call-sites.ts";
import { heldLocks } from "../locks/held-locks.ts";
import { Evidence } from "./evidence.ts";
import { isAmongOthers } from "./locked-writes.ts";
import { isGivenNewBefore, isMadeHere } from "./made-here.ts";
import {
  type MemoryAccess,
  type MemoryAccesses,
  memoryAccesses,
  touchTheSame,
} from "./memory-accesses.ts";
import { isNamedAfter } from "./named-guards.ts";
import { isWrittenBetween } from "./ordered-writes.ts";
import { ownerKey } from "./own-lock.ts";
import { isPreparing } from "./preparing.ts";
import { isAwaited, isPublished } from "./published.ts";
import { flowFrom } from "./reached.ts";
import {
  type LockedAccess,
  type OpenAccess,
  places,
  type SharedField,
  sharedFields,
} from "./shared-fields.ts";

/** A field is used without the lock that most of its uses hold. */
export interface InconsistentAccess {
  readonly field: SharedField;
  readonly access: OpenAccess;
  /** A use under the lock that this one can meet: a write, if there is one. */
  readonly against: LockedAccess;
  readonly lockedPlaces: number;
  readonly allPlaces: number;
  /** The function had the lock, and let it go too early. */
  readonly isAfterUnlock: boolean;
  /** Too few uses to count: what `against` does under the lock says that this one needs it. */
  readonly isTold: boolean;
  readonly trace: Trace;
}

/** Fewer uses under the lock than this prove nothing; of an access that has little to explain it, fewer than MORE. */
const FEWEST = 2;
const MORE = 3;
/** Of all uses, so many have the lock. */
const SHARE = 2 / 3;
/** Where the lock's name says what it guards. */
const NAMED_SHARE = 1 / 2;

export const inconsistentAccesses = defineAnalysis("inconsistent accesses", (use) => {
  const locks = use(heldLocks);
  const hadLock: HadLock = ({ model, key, operation }, { lock }) =>
    (locks.walk(model.id)?.acquisitions ?? []).some(
      (own) =>
        own.steps.length === 1 &&
        own.lock.slot === lock &&
        own.at.start < operation.at.start &&
        key.startsWith(`${ownerKey(own.lock)}.`),
    );
  const functions = use(program);
  const accesses = use(memoryAccesses);
  const sites = use(callSites);
  const isKnown: IsKnown = (access, other) =>
    isBeforeStart(sites, other, access) ||
    isOfAnother(functions, access, other) ||
    isStartedBehind(functions, sites, access, other) ||
    isOnlyWhileMade(functions, sites, other) ||
    isWrittenBetween(functions, sites, other, access) ||
    (!access.isWrite &&
      other.isWrite &&
      (isOwnWrite(functions, sites, access, other) ||
        isAwaited(other, access) ||
        isPublished(functions, other, access) ||
        isEndedBefore(accesses, other, access) ||
        isToldWith(accesses, other, access)));
  const fields = use(sharedFields);
  const evidence = new Evidence(functions, accesses, fields);
  const told: Told = (access, field) => evidence.against(access, field, hadLock(access, field));
  return fields.flatMap((field) => inField(field, hadLock, isKnown, told));
});

/**
 * `if c.stream == nil { c.stream = stream; go c.receive() }`: what a goroutine uses was there before its only start. One that each
 * call starts may find what a later call has set.
 */
function isBeforeStart(
  sites: CallSites,
  { model, operation }: LockedAccess,
  { entry: { isGoroutine, from } }: OpenAccess,
): boolean {
  const [start, ...others] = isGoroutine ? sites.of(from.id) : [];
  if (start?.operation.kind !== "spawn" || others.length > 0 || start.caller !== model.id)
    return false;
  const { at } = start.operation;
  const isStart = (one: Operation) => one.kind === "spawn" && one.at.start === at.start;
  return operation.at.start < at.start && flowFrom(model, "entry", isStart).isLeft;
}

/**
 * Both are of objects that a function around them has made, and not the same function: they are two objects. So is what a function
 * literal that stands elsewhere is given, since whoever calls that has an object of his own.
 */
function isOfAnother(functions: Program, access: MemoryAccess, other: MemoryAccess): boolean {
  const [one, two] = [makerOf(functions, access), makerOf(functions, other)];
  if (one === undefined) return false;
  if (two !== undefined) return one !== two;
  const { root } = other.path;
  const isGiven = root.kind === "variable" && root.variable.role === "parameter";
  return isGiven && other.model.role === "closure" && outermost(functions, other.model) !== one;
}

function outermost(functions: Program, header: FunctionHeader): FunctionId {
  return enclosingOf(functions, header).at(-1) ?? header.id;
}

/**
 * Whether a method is called on objects alone that its callers have just made, so that its lock keeps nobody out:
 *
 *     op := newOperation()
 *     for _, part := range parts { op.addPart(part) }    // locks, writes, unlocks
 */
function isOnlyWhileMade(
  functions: Program,
  sites: CallSites,
  { model, path, calls }: LockedAccess,
): boolean {
  const { root } = path;
  if (calls.length > 0 || model.isExported || model.role !== "method") return false;
  if (root.kind !== "variable" || root.variable !== model.receiver) return false;
  const all = sitesOutsideTests(functions, sites, model.id);
  return (
    all.length > 0 &&
    !sites.isHandedOn(model.id) &&
    all.every(({ caller, operation: { at, callee } }) => {
      const owner = functions.accesses?.(caller);
      const receiver = "receiver" in callee ? callee.receiver : undefined;
      if (!owner || receiver?.kind !== "path" || receiver.path.steps.length > 0) return false;
      const { root: object } = receiver.path;
      if (object.kind !== "variable" || isHandedOnBefore(owner, object.variable, at)) return false;
      return (
        isMadeHere(owner, receiver.path) || isGivenNewBefore(functions, owner, object.variable, at)
      );
    })
  );
}

/** Whether others may have an object by then: it was given to somebody, or is used at the very end. */
function isHandedOnBefore({ blocks }: FunctionModel, variable: Variable, { start }: Span): boolean {
  const isIt = ({ root, steps }: AccessPath): boolean =>
    root.kind === "variable" && root.variable.id === variable.id && steps.length === 0;
  const all = blocks.flatMap(({ operations }) => operations);
  if (!all.some((one) => one.kind === "call" && one.at.start === start)) return true;
  return all.some(
    (one) =>
      one.at.start >= variable.at.start &&
      one.at.start < start &&
      (one.kind === "spawn" ||
        one.kind === "escape" ||
        (one.kind === "call" &&
          one.arguments.some(
            (value) => value.kind === "function" || (value.kind === "path" && isIt(value.path)),
          ))),
  );
}

/** A test that calls something shows how it is used, and is alone with it. */
function sitesOutsideTests(functions: Program, sites: CallSites, id: FunctionId): CallSite[] {
  return sites.of(id).filter(({ caller }) => functions.header(caller)?.isTest !== true);
}

/** The function that has made the object which a path hangs on, in a variable of its own. */
function makerOf(functions: Program, { path }: MemoryAccess): FunctionId | undefined {
  const { root } = path;
  const declaredIn = root.kind === "variable" ? root.variable.declaredIn : undefined;
  const owner = declaredIn === undefined ? undefined : functions.accesses?.(declaredIn);
  return owner && isMadeHere(owner, path) ? declaredIn : undefined;
}

/**
 * Whether nobody but a goroutine's functions on the way to a read calls the one that writes:
 *
 *     for d := d.delay; d.dial() != nil; d = d.delay { d.growDelay() }    // locks for those who read elsewhere
 */
function isOwnWrite(
  functions: Program,
  sites: CallSites,
  { entry: { isGoroutine, through } }: OpenAccess,
  { model: { id, isExported } }: LockedAccess,
): boolean {
  const calls = sitesOutsideTests(functions, sites, id);
  return (
    isGoroutine &&
    !isExported &&
    calls.length > 0 &&
    !sites.isHandedOn(id) &&
    calls.every(({ caller, operation }) => operation.kind === "call" && through.includes(caller))
  );
}

/** How far callers are climbed. */
const CLIMB = 4;

/**
 * Whether a use under the lock comes only from goroutines that the function of the open one starts behind it, for the same object:
 *
 *     s.inputs[0] = first
 *     group.Go(func() error { return s.solve() })   // which nobody else calls
 */
function isStartedBehind(
  functions: Program,
  sites: CallSites,
  { model, operation, entry }: OpenAccess,
  { model: other }: LockedAccess,
): boolean {
  if (entry.isGoroutine || model.id === other.id) return false;
  const { start } = operation.at;
  const isBehind = (header: FunctionHeader, depth: number): boolean => {
    if (header.enclosing === model.id) return header.at.start > start;
    const around = header.enclosing ? functions.header(header.enclosing) : undefined;
    if (around) return isBehind(around, depth);
    if (depth === 0 || header.isExported) return false;
    const all = sitesOutsideTests(functions, sites, header.id).map(({ caller }) =>
      functions.header(caller),
    );
    return all.length > 0 && all.every((one) => one !== undefined && isBehind(one, depth - 1));
  };
  return isBehind(other, CLIMB);
}

/** What it has received may say that the others are done. */
function receivesBefore({ blocks }: FunctionModel, { at }: Operation): boolean {
  return blocks.some(({ operations }) =>
    operations.some((one) => one.kind === "receive" && one.at.start < at.start),
  );
}

/** Whether the function of an access took the field's lock before it, of the same object. */
type HadLock = (access: OpenAccess, field: SharedField) => boolean;

/** Whether an access comes only after the other one: its goroutine is started behind it, or an atomic has told it. */
type IsKnown = (access: OpenAccess, other: LockedAccess) => boolean;

/** The locked use that shows that an access needs the lock. */
type Told = (access: OpenAccess, field: SharedField) => LockedAccess | undefined;

function inField(
  field: SharedField,
  hadLock: HadLock,
  isKnown: IsKnown,
  told: Told,
): InconsistentAccess[] {
  const { locked, open } = field;
  const lockedPlaces = places(locked);
  const allPlaces = lockedPlaces + places(open.filter(({ model }) => !isPreparing(model)));
  const isGuarded = open.every(({ isWrite }) => !isWrite);
  const isNamed =
    isNamedAfter(field.lock, field.slot) &&
    lockedPlaces >= allPlaces * NAMED_SHARE &&
    (lockedPlaces >= FEWEST || locked.some(({ isWrite }) => isWrite));
  const isRule =
    isNamed ||
    (lockedPlaces >= FEWEST &&
      (lockedPlaces >= allPlaces * SHARE || (isGuarded && isMapOfMost(field))));
  const byFunction = new Map<string, InconsistentAccess>();
  for (const access of inOrder(open)) {
    const met = access.meets ?? metBy(access, locked, isKnown);
    const teller = access.meets ? undefined : told(access, field);
    const against = met ?? teller;
    const { id } = access.model;
    if (!against || byFunction.has(id) || isSeenSet(access, locked)) continue;
    if (isKnown(access, against)) continue;
    const isAfter = hadLock(access, field);
    if (isAfter && !access.isWrite && receivesBefore(access.model, access.operation)) continue;
    const isAfterUnlock = isGuarded && isOverwritten(against) && isAfter;
    const isOdd =
      met !== undefined && isRule && (isNamed || lockedPlaces >= MORE || isPlain(access, field));
    const isTold = !isOdd && !isAfterUnlock && teller !== undefined;
    if (!isOdd && !isAfterUnlock && !isTold) continue;
    const shown = isTold ? teller : against;
    const trace = traceOf(access, shown);
    const counts = { lockedPlaces, allPlaces, isAfterUnlock, isTold };
    byFunction.set(id, { field, access, against: shown, ...counts, trace });
  }
  return [...byFunction.values()];
}

/** A map that is changed under the lock alone, in several functions, and by as many as look at it without. */
function isMapOfMost({ locked, open }: SharedField): boolean {
  const changing = locked.filter(
    ({ isWrite, isElement, holds }) => isWrite && isElement && holds === "map",
  );
  return functionsOf(changing).size >= FEWEST && functionsOf(locked).size >= functionsOf(open).size;
}

function functionsOf(accesses: readonly MemoryAccess[]): ReadonlySet<string> {
  return new Set(accesses.map(({ model }) => model.id));
}

/** Others can come here at once, without a caller that might know better; or the lock is taken here, and let go too early. */
function isPlain({ entry, model, isWrite }: OpenAccess, { locked, lock }: SharedField): boolean {
  if (locked.every(({ calls }) => calls.length > 0)) return false;
  const functions = functionsOf(locked);
  if (functions.has(model.id)) return locked.some(({ by }) => by.lock.slot === lock);
  return functions.size > 1 && entry.calls.length === 0 && (isWrite || !entry.isGoroutine);
}

/** What is set once, by who needs it first, may be read without the lock by those who have seen it there. */
const SETS_ONCE =
  /^(?:get|ensure|connect|dial|lazy|maybe|fetch|resolve|attach|bind|join|listen|run|serve)/i;

function isOverwritten({ model: { name } }: LockedAccess): boolean {
  return !SETS_ONCE.test(lastName(name));
}

/**
 * A pointer that is set in one place, and that this function has looked at under the lock before: it will not change again. So is the
 * first error, which nobody sets a second time: `if t.err != nil { t.mu.Unlock(); return t.err }`.
 */
function isSeenSet(
  { isWrite, model, key, operation }: OpenAccess,
  locked: readonly LockedAccess[],
): boolean {
  const writes = locked.filter((one) => one.isWrite);
  const isKept = writes.every(isAskedBefore) && isAskedBefore({ model, key, operation });
  return (
    (places(writes) === 1 || isKept) &&
    !isWrite &&
    !writes.some(isSetAgain) &&
    writes.every(({ holds }) => holds === "pointer" || holds === "interface") &&
    locked.some(
      (one) =>
        one.model.id === model.id && one.key === key && one.operation.at.start < operation.at.start,
    )
  );
}

/** The function has asked before whether there is something. */
function isAskedBefore({
  model: { blocks },
  key,
  operation,
}: Pick<MemoryAccess, "model" | "key" | "operation">): boolean {
  return blocks.some(
    ({ end }) =>
      end.kind === "branch" &&
      end.condition?.key === `${key}==nil` &&
      end.condition.at.start < operation.at.start,
  );
}

/** A setter may be called again, and what is cleared has been set. */
function isSetAgain({ operation, model: { name } }: LockedAccess): boolean {
  const isCleared = operation.kind === "write" && operation.value.kind === "nil";
  return isCleared || /^(?:set|update|replace|clear|reset|swap)/i.test(lastName(name));
}

function lastName(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/**
 * Set in one section with what the reader has looked at under that lock before, and not set again: `c.ctx` tells that `c.done` is
 * there.
 */
function isToldWith(accesses: MemoryAccesses, write: LockedAccess, read: MemoryAccess): boolean {
  const { slot } = write.by.lock;
  if (write.calls.length > 0 || isSetAgain(write)) return false;
  const set = new Set(
    (accesses.of(write.model.id)?.accesses ?? [])
      .filter((one) => one.isWrite && one.held.some(({ at }) => at.start === write.by.at.start))
      .map(({ path }) => path.slot)
      .filter((one) => one !== undefined && one !== write.path.slot),
  );
  return (accesses.of(read.model.id)?.accesses ?? []).some(
    (one) =>
      !one.isWrite &&
      one.operation.at.start < read.operation.at.start &&
      set.has(one.path.slot) &&
      one.held.some(({ lock }) => lock.slot === slot),
  );
}

/**
 * The reader has said under the lock that it is over, which whoever writes asks for first:
 *
 *     b.mu.Lock(); b.isClosed = true; b.mu.Unlock(); return b.tasks.run()
 *     b.mu.Lock(); if !b.isClosed { b.tasks = b.tasks.with(task) }; b.mu.Unlock()
 */
function isEndedBefore(accesses: MemoryAccesses, write: LockedAccess, read: MemoryAccess): boolean {
  const { slot } = write.by.lock;
  const asked = write.model.blocks.flatMap(({ end }) =>
    end.kind === "branch" && end.condition && end.condition.at.start < write.operation.at.start
      ? end.condition.reads
      : [],
  );
  const flags = new Set(
    (accesses.of(write.model.id)?.accesses ?? [])
      .filter(({ key }) => asked.includes(key))
      .map(({ path }) => path.slot),
  );
  return (accesses.of(read.model.id)?.accesses ?? []).some(
    ({ isWrite, operation, path, held }) =>
      isWrite &&
      operation.at.start < read.operation.at.start &&
      path.slot !== undefined &&
      flags.has(path.slot) &&
      operation.kind === "write" &&
      operation.value.kind === "constant" &&
      held.some(({ lock }) => lock.slot === slot),
  );
}

/** Writes first. */
function inOrder(open: readonly OpenAccess[]): OpenAccess[] {
  return [...open].sort((left, right) => Number(right.isWrite) - Number(left.isWrite));
}

/**
 * A use under the lock that changes what this one uses. Who alone writes a field may read it without the lock: a read in the only
 * function that writes, or in what that calls, meets nobody.
 */
function metBy(
  access: OpenAccess,
  locked: readonly LockedAccess[],
  isKnown: IsKnown,
): LockedAccess | undefined {
  // A goroutine comes after what its starter has written, and who starts is asked for only where nobody else writes.
  const isStarted = locked.some(({ isWrite, model }) => isWrite && !isPreparing(model));
  const isMet = (other: LockedAccess) =>
    access.entry.isGoroutine || isStarted ? !isPreparing(other.model) : isAmongOthers(other);
  const meeting = locked.filter(
    (other) => touchTheSame(access, other) && isMet(other) && !isKnown(access, other),
  );
  const isElsewhere = ({ model }: LockedAccess) => !access.entry.through.includes(model.id);
  const write = meeting.find((one) => one.isWrite && isElsewhere(one));
  if (write || !access.isWrite) return write;
  return meeting.find(isElsewhere);
}

function traceOf(access: OpenAccess, against: LockedAccess): Trace {
  const { entry } = access;
  const step = (thread: number, at: Place, action: string) => ({
    thread,
    at,
    action,
    waits: false,
  });
  const does = ({ isWrite, path }: MemoryAccess) => `${isWrite ? "writes" : "reads"} ${path.text}`;
  const inFile = ({ model, operation }: MemoryAccess): Place => ({
    file: model.file,
    ...operation.at,
  });
  const [first] = against.by.steps;
  return {
    threads: [
      against.model.name,
      entry.isGoroutine ? `goroutine ${entry.from.name}` : entry.from.name,
    ],
    steps: [
      ...(first ? [step(0, first.at, `locks ${against.by.lock.text}`)] : []),
      ...against.calls.map((at) => step(0, at, "calls, with the lock")),
      step(0, inFile(against), does(against)),
      ...entry.calls.map((at) => step(1, at, "calls, without that lock")),
      step(1, inFile(access), `${does(access)}, perhaps at the same time`),
    ],
  };
}
