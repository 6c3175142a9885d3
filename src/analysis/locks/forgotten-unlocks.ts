import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import type { Acquisition } from "./acquisition.ts";
import { type CallSites, callSites } from "./call-sites.ts";
import { heldLocks } from "./held-locks.ts";
import { type LockHandOffs, lockHandOffs } from "./lock-hand-offs.ts";
import { isNextPass, type LockWalk } from "./walk-outcome.ts";

export type Way = "return" | "jump" | "pass";

/** A function that forgets to release a lock: on one of its ways out, or on all. */
export interface ForgottenUnlock {
  readonly function: FunctionModel;
  readonly lock: AccessPath;
  readonly acquiredAt: Place;
  /** The way out on which it stays locked: a return, a jump that leads to one, or what leads to the next pass of a loop, which locks it again. */
  readonly leftAt: Place;
  readonly way: Way;
  readonly decidedAt: Place | undefined;
  /** Whether nobody outside the unit can release it: its field or variable is not exported. */
  readonly isClosed: boolean;
  readonly trace: Trace;
}

/** Words of functions that are there to hand a lock on. */
const HANDS_ON = /lock|acquire|begin|enter|suspend|freeze|pause/i;
const SAYS_SO =
  /\b(must|should|has to|need)s?\b.*\b(un)?lock|\breturns?\b.*\block(ed)?\b|lock (is|stays|remains) held/i;

/**
 * Ways out of a function on which a lock stays held that other ways release, or that nobody could release after it. Where the lock is handed on (to a goroutine, a
 * closure, a helper that releases what it did not take), or the name or comment says that it is, nothing is said.
 */
export const forgottenUnlocks = defineAnalysis("forgotten unlocks", (use): ForgottenUnlock[] => {
  const { walks } = use(heldLocks);
  const functions = use(program);
  const calledInPlace = closuresCalledInPlace(walks);
  const others = walks.filter(({ model }) => !calledInPlace.has(model.id));
  const releasedElsewhere = slotsGivenUp(others, () => use(callSites));
  const closures = closuresByFunction(others);
  const handsOver = new Set(walks.flatMap(({ releasedFor }) => [...releasedFor]));
  const handOffs = lockHandOffs(walks.map(({ model }) => model));
  return walks.flatMap((walk) => {
    const { model, isComplete } = walk;
    if (!isComplete || !functions.isJudged(model.file) || handsOn(model)) return [];
    const isClosure = model.role === "closure";
    const left = handsOver.has(model.id) ? keysLeftHeld(walk) : NONE;
    const handed = keysGivenUpBy(closures.get(model.id) ?? []);
    return (
      waysWithLock(walk)
        // A semaphore that is waited for with a context may come back with an error and nothing taken.
        .filter(({ held }) => held.object !== "semaphore")
        .filter(({ held }) => !held.isAnswered && !left.has(held.key))
        .filter(
          ({ held }) =>
            walk.released.has(held.key) ||
            (held.steps.length === 1 && !isClosure && isLost(held, handOffs)),
        )
        // Who releases a caller's lock for a while takes it back for the caller.
        .filter(({ held }) => !walk.givenUp.some((path) => pathKey(path) === held.key))
        .filter(({ held }) => !handed.has(held.key) && !releasedElsewhere.has(held.lock.slot ?? ""))
        .filter(({ leftAt, held }) => isClosed(held.lock) || leftAt.start < lastReturn(model))
        .flatMap((one) => {
          const blocked = blockedBy(one.held, walk, walks);
          return blocked || walk.released.has(one.held.key) ? [forgotten(model, one, blocked)] : [];
        })
    );
  });
});

function handsOn({ name, comment }: FunctionModel): boolean {
  return HANDS_ON.test(name.slice(name.lastIndexOf(".") + 1)) || SAYS_SO.test(comment);
}

/** `func() { defer mu.Unlock() … }()`: what it releases, the walk of the function around it has seen. */
function closuresCalledInPlace(walks: readonly LockWalk[]): ReadonlySet<FunctionId> {
  const closures = new Set(
    walks.flatMap(({ model }) => (model.role === "closure" ? [model.id] : [])),
  );
  const called = new Set<FunctionId>();
  for (const { model } of walks)
    for (const { operations } of model.blocks)
      for (const operation of operations)
        if (operation.kind === "call" && operation.callee.kind === "static")
          if (closures.has(operation.callee.function)) called.add(operation.callee.function);
  return called;
}

const NONE: ReadonlySet<string> = new Set();

/** Locks that a function leaves to its callers, each time or where it returns no error. */
function keysLeftHeld({ summary }: LockWalk): ReadonlySet<string> {
  const { leavesHeld, onSuccess } = summary;
  return new Set([...leavesHeld, ...onSuccess.map(({ held }) => held)].map(({ key }) => key));
}

/**
 * Fields and globals that some function releases without having taken them. A helper that is only ever called releases for its
 * callers: those that have not taken the lock release without having taken it themselves.
 */
function slotsGivenUp(walks: readonly LockWalk[], sites: () => CallSites): ReadonlySet<string> {
  const slots = new Set<string>();
  for (const { model, givenUp } of walks) {
    const own = givenUp.flatMap(({ slot }) => slot ?? []).filter((slot) => !slots.has(slot));
    if (own.length > 0 && !isHelper(model.id, sites())) for (const slot of own) slots.add(slot);
  }
  return slots;
}

function isHelper(id: FunctionId, sites: CallSites): boolean {
  const calls = sites.of(id);
  return (
    calls.length > 0 &&
    !sites.isHandedOn(id) &&
    calls.every(({ operation: { kind, callee } }) => kind === "call" && callee.kind === "static")
  );
}

function closuresByFunction(walks: readonly LockWalk[]): ReadonlyMap<FunctionId, LockWalk[]> {
  const enclosing = new Map(walks.map(({ model }) => [model.id, model.enclosing]));
  const closures = new Map<FunctionId, LockWalk[]>();
  for (const walk of walks) {
    for (let outer = walk.model.enclosing; outer; outer = enclosing.get(outer))
      closures.set(outer, [...(closures.get(outer) ?? []), walk]);
  }
  return closures;
}

function keysGivenUpBy(walks: readonly LockWalk[]): ReadonlySet<string> {
  return new Set(walks.flatMap(({ givenUp }) => givenUp.flatMap((path) => pathKey(path) ?? [])));
}

interface WayWithLock {
  readonly held: Acquisition;
  readonly leftAt: Span;
  readonly way: Way;
  readonly decidedAt: Span | undefined;
}

/** For each acquisition the next pass of a loop that it is still held in, or the way out that stands first in the text. */
function waysWithLock({ heldAtReturn, relocks, released }: LockWalk): WayWithLock[] {
  const passes = relocks
    .filter((relock) => isNextPass(relock) && released.has(relock.held.key))
    .map(({ held, decidedAt, jumpedAt }) => ({
      held,
      leftAt: jumpedAt ?? decidedAt ?? held.at,
      way: "pass" as const,
      decidedAt: undefined,
    }));
  const returns = heldAtReturn
    .map(({ held, returnAt, decidedAt, jumpedAt }) => ({
      held,
      leftAt: jumpedAt ?? returnAt,
      way: jumpedAt ? ("jump" as const) : ("return" as const),
      decidedAt,
    }))
    .sort((left, right) => left.leftAt.start - right.leftAt.start);
  const first = new Map<string, WayWithLock>();
  for (const one of [...passes, ...returns]) {
    const key = `${one.held.key} ${one.held.at.start}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}

/** A lock that other packages can name may be released there; what is written small cannot, nor what a type that is has embedded. */
function isClosed({ steps, root, slot, text }: AccessPath): boolean {
  const last = steps.at(-1);
  const [owner = "", field] = slot?.split(".").slice(-2) ?? [];
  if (/^(?:RW)?Mutex$/.test(field ?? "") && last?.kind === "field") return !/^\p{Lu}/u.test(owner);
  const name = last?.kind === "field" ? last.name : text;
  if (root.kind === "variable" && root.variable.role === "local") return true;
  return !/^\p{Lu}/u.test(name);
}

/** A lock of an object that outlives the call, which nobody else can or does release. */
function isLost({ lock }: Acquisition, handOffs: LockHandOffs): boolean {
  const { root } = lock;
  const isShared = root.kind === "variable" && root.variable.role !== "local";
  return isShared && isClosed(lock) && !handOffs.mayBeReleasedElsewhere(lock);
}

function lastReturn({ blocks }: FunctionModel): number {
  return Math.max(...blocks.map(({ end }) => (end.kind === "return" ? end.at.start : -1)));
}

/** Who waits next for a lock that stays held: the same function for one that excludes itself, a writer for a read lock. */
function blockedBy(
  held: Acquisition,
  own: LockWalk,
  walks: readonly LockWalk[],
): { readonly model: FunctionModel; readonly at: Place } | undefined {
  if (held.mode === "write") return { model: own.model, at: { file: own.model.file, ...held.at } };
  const { slot } = held.lock;
  for (const { model, acquisitions } of walks) {
    const writer = acquisitions.find(
      ({ mode, lock, key }) =>
        mode === "write" && (slot === undefined ? key === held.key : lock.slot === slot),
    );
    if (writer) return { model, at: { file: model.file, ...writer.at } };
  }
  return undefined;
}

function forgotten(
  model: FunctionModel,
  { held, leftAt, way, decidedAt }: WayWithLock,
  blocked: { readonly model: FunctionModel; readonly at: Place } | undefined,
): ForgottenUnlock {
  const inFile = (span: { start: number; end: number }): Place => ({ file: model.file, ...span });
  const { text } = held.lock;
  const waitsFor = `waits for ${text}, for ever`;
  const isOther = blocked !== undefined && way !== "pass";
  const trace: Trace = {
    threads: [model.name, ...(isOther ? [`the next call of ${blocked.model.name}`] : [])],
    steps: [
      ...held.steps.map(({ at, action }) => ({ thread: 0, at, action, waits: false })),
      {
        thread: 0,
        at: inFile(leftAt),
        action: way === "return" ? `returns with ${text} locked` : `goes on with ${text} locked`,
        waits: false,
      },
      ...(blocked
        ? [{ thread: way === "pass" ? 0 : 1, at: blocked.at, action: waitsFor, waits: true }]
        : []),
    ],
  };
  return {
    function: model,
    lock: held.lock,
    acquiredAt: inFile(held.at),
    leftAt: inFile(leftAt),
    way,
    decidedAt: decidedAt && inFile(decidedAt),
    isClosed: isClosed(held.lock),
    trace,
  };
}
