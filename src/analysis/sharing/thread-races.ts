import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { FunctionHeader } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { saysLocked } from "./callers.ts";
import { type MemoryAccess, touchTheSame } from "./memory-accesses.ts";
import { Order, type Position, positionOf } from "./threads/order.ts";
import type { Frame, Scope, Thread } from "./threads/scope.ts";
import { isSetBeforeStart } from "./threads/set-once.ts";
import { threadScopes } from "./threads/thread-scopes.ts";

/**
 * Two goroutines of a closed scope use one variable, one of them writes it, and nothing orders the two: no lock in common, and
 * neither tells the other anything in between.
 *
 *     func TestWatcher(t *testing.T) {
 *         w := newWatcher()              // starts (*watcher).loop, which sets w.last
 *         if w.Last() != nil { … }       // reads it
 *     }
 *
 * A scope is a function with all that it calls and starts, as far as that is known.
 */
export interface ThreadRace {
  /** The one that holds fewer locks, comes too late, or is in the goroutine. */
  readonly access: MemoryAccess;
  readonly other: MemoryAccess;
  /** Whether the other one holds a lock. */
  readonly isOtherLocked: boolean;
  readonly scope: FunctionHeader;
  readonly trace: Trace;
}

/** More uses of one variable than this are not compared, nor more pairs of them. */
const MOST_USES = 60;
const MOST_PAIRS = 24;

export const threadRaces = defineAnalysis("thread races", (use): ThreadRace[] => {
  const found = new Map<string, ThreadRace>();
  for (const scope of use(threadScopes)) {
    for (const race of racesIn(scope, scope.header)) {
      const { access } = race;
      const fault = access.path.slot ?? `${access.model.file}:${access.operation.at.start}`;
      if (!found.has(fault)) found.set(fault, race);
    }
  }
  return [...found.values()];
});

/** Two writes to elements of one map in a field, which end the program. What a package keeps in a variable is read by all as well. */
export function areMapWrites({ access, other }: ThreadRace): boolean {
  return [access, other].every(
    ({ isElement, isWrite, holds, path }) =>
      isElement && isWrite && holds === "map" && path.steps.length > 0,
  );
}

/** Functions that make ready what is not yet there: whoever comes first, and the others see that it is. */
const PREPARING = /(?:^|\.)(?:lazy|ensure|init|setup)/i;

/** An access in a scope. */
interface Use {
  readonly access: MemoryAccess;
  readonly frame: Frame;
  readonly thread: Thread;
  readonly position: Position;
  /** Locks that are held, by their names in the scope and by their slots. */
  readonly locks: ReadonlySet<string>;
}

function* racesIn(scope: Scope, header: FunctionHeader): Generator<ThreadRace> {
  const order = new Order(scope);
  for (const [key, uses] of usesIn(scope)) {
    if (uses.length > MOST_USES || !uses.some(({ access }) => access.isWrite)) continue;
    const race = firstRace(uses, key, scope, order);
    if (race) yield { ...race, scope: header };
  }
}

function firstRace(
  uses: readonly Use[],
  key: string,
  scope: Scope,
  order: Order,
): Omit<ThreadRace, "scope"> | undefined {
  const writes = uses.filter(({ access }) => access.isWrite);
  let pairs = 0;
  for (const one of writes)
    for (const other of uses) {
      if (one.thread === other.thread && one.thread.from === undefined) continue;
      if (!touchTheSame(one.access, other.access) || shareALock(one, other)) continue;
      if (one.frame.isOnce && other.frame.isOnce) continue;
      if (one.thread === other.thread && isOwn(scope, one.thread, key)) continue;
      if (isForCallersToLock(one, other) || isForCallersToLock(other, one)) continue;
      if (isOfItsTimer(one, other) || isOfItsTimer(other, one)) continue;
      if (isSecondStart(one, other) || isSecondStart(other, one)) continue;
      if (isSetBeforeStart(one, other, writes)) continue;
      if (one.thread === other.thread && (isServedInTest(one.thread) || isAsTested(one))) continue;
      if (++pairs > MOST_PAIRS) return undefined;
      if (areUnordered(one, other, key, scope, order))
        return describe(one, other, makerOf(scope, key));
    }
  return undefined;
}

/** The callers of the function that the scope begins with may hold the lock that the other one holds. */
function isForCallersToLock({ thread, locks, position }: Use, other: Use): boolean {
  const [root] = position;
  if (thread.from || locks.size > 0 || other.locks.size === 0 || !root) return false;
  const { isExported, isTest, name, role } = root.frame.model;
  return role === "method" ? !isExported : !(isTest || isExported || name === "main");
}

/** `t.timer = time.AfterFunc(d, t.fire)`: what t.fire looks at, whoever sets the timer has long been through with, as a rule. */
function isOfItsTimer({ thread: { from } }: Use, other: Use): boolean {
  if (!from || other.thread !== from.frame.thread) return false;
  const { start } = from.operation.at;
  return operationsOf(from.frame.model).some(
    (one) => one.kind === "make" && one.object === "timer" && one.at.start === start,
  );
}

/** A test that starts a thing twice expects the second call to fail before it does anything. */
function isSecondStart(
  { thread: { from } }: Use,
  { frame, access, position: [root] }: Use,
): boolean {
  if (!from || !root?.frame.model.isTest || frame === from.frame) return false;
  const { id, name } = frame.model;
  return (
    id === from.frame.model.id &&
    /\.(?:Start|Run|Listen|Open|Serve|Init)\w*$/.test(name) &&
    access.operation.at.start < from.operation.at.start
  );
}

/** A test's double: the loop that starts its users runs as often as the test gives it something to do, perhaps once. */
function isAsTested({ access, thread: { from } }: Use): boolean {
  return access.model.isTest && from?.frame.model.isTest === false;
}

/** A double of a server: the test that asks it has one connection, as a rule. */
function isServedInTest({ from }: Thread): boolean {
  if (!from?.frame.model.isTest) return false;
  return operationsOf(from.frame.model).some(
    (one) =>
      one.kind === "call" &&
      /\.Accept\w*$/.test(one.callee.kind === "static" ? "" : one.callee.name),
  );
}

/** Whether each run of a goroutine has an object of its own. */
function isOwn(scope: Scope, thread: Thread, key: string): boolean {
  return scope.isOfOnePass(key) || isMadeIn(thread, key);
}

function isMadeIn(thread: Thread, key: string): boolean {
  const [, index] = /^(\d+)[:@]/.exec(key) ?? [];
  return index !== undefined && thread.frames.some((frame) => frame.index === Number(index));
}

function usesIn(scope: Scope): Map<string, Use[]> {
  const uses = new Map<string, Use[]>();
  for (const frame of scope.frames) {
    if (PREPARING.test(frame.model.name)) continue;
    for (const access of frame.inside.accesses) {
      if (isHarmless(access) || (frame.isOnce && !isTakingAway(access))) continue;
      const key = scope.place(frame, access.path);
      // Each goroutine may have an element of its own.
      if (key === undefined || key.includes("[") || isPrivate(access)) continue;
      const position = positionOf(frame, access.operation);
      const locks = locksAt(scope, position);
      if (!locks || (locks.size === 0 && position.some(({ frame: at }) => saysLocked(at.model))))
        continue;
      const use = { access, frame, thread: frame.thread, position, locks };
      const known = uses.get(key);
      if (known) known.push(use);
      else uses.set(key, [use]);
    }
  }
  return uses;
}

/** Elements of slices: each goroutine may have its own. And a hook is set before there is something to call it for. */
function isHarmless({ isElement, holds, path, operation }: MemoryAccess): boolean {
  if (isElement && holds !== "map") return true;
  if (operation.kind === "read" && operation.isCalled) return true;
  return path.steps.some(({ kind }) => kind !== "field");
}

/** `s.store = nil` in the once of a Stop: unlike what is made ready once, it is for those who may still use it. */
function isTakingAway({ operation }: MemoryAccess): boolean {
  return operation.kind === "write" && !operation.isElement && operation.value.kind === "nil";
}

/** A local variable itself: captured ones are another analysis's business. */
function isPrivate({ path: { root, steps } }: MemoryAccess): boolean {
  return steps.length === 0 && root.kind === "variable" && root.variable.role !== "global";
}

/** undefined: what is locked is not known for certain. */
function locksAt(scope: Scope, position: Position): ReadonlySet<string> | undefined {
  const locks = new Set<string>();
  for (const { frame, operation } of position) {
    const around = frame.inside.heldAt(operation);
    if (!around || locksByCall(frame, operation)) return undefined;
    const certain = new Set(around.held.map(({ key }) => key));
    if ([...around.perhapsHeld].some((key) => !certain.has(key))) return undefined;
    for (const { lock } of around.held) {
      const key = scope.key(frame, lock);
      if (key === undefined) return undefined;
      locks.add(key);
      if (lock.slot !== undefined) locks.add(lock.slot);
    }
  }
  return locks;
}

const LOCKING = /^(?:r|try)?lock|Lock/;

/** Something was called before that locks, by its name: what it leaves locked is not always known. */
function locksByCall({ calls }: Frame, { at }: Operation): boolean {
  return [...calls].some(
    ([call, callees]) =>
      call.at.start < at.start &&
      callees.some(({ model: { name } }) => LOCKING.test(name.slice(name.lastIndexOf(".") + 1))),
  );
}

function shareALock(left: Use, right: Use): boolean {
  return [...left.locks].some((lock) => right.locks.has(lock));
}

/** Whether neither of two places comes before the other, and both can be at once. */
function areUnordered(left: Use, right: Use, key: string, scope: Scope, order: Order): boolean {
  const lefts = wayTo(left);
  const rights = wayTo(right);
  // The last thread that both come from; of two runs of one goroutine, the one that starts it.
  let common = 0;
  while (
    lefts[common + 1] !== undefined &&
    lefts[common + 1]?.thread === rights[common + 1]?.thread &&
    !(left.thread === right.thread && common + 2 === lefts.length)
  )
    common++;
  const [inLeft, inRight] = [lefts[common], rights[common]];
  if (!inLeft || !inRight) return false;
  const isTwice = left.thread === right.thread;
  const but = isTwice ? [] : [left.thread, right.thread];
  const afterLeft = order.signalsAfter(left.position, but);
  const afterRight = order.signalsAfter(right.position, but);
  const isFree = (
    way: readonly Way[],
    signals: ReadonlySet<string>,
    told: ReadonlySet<string>,
  ): boolean =>
    way
      .slice(common + 1)
      .every(({ position }) =>
        order.isReachable("entry", position, signals, (frame, one) =>
          order.isEnd(frame, one, told),
        ),
      );
  const beforeLeft = order.signalsBefore(left.position);
  const beforeRight = order.signalsBefore(right.position);
  const late = new Set([...afterRight].filter((signal) => !beforeRight.has(signal)));
  if (!isFree(lefts, late, beforeRight) || !isFree(rights, afterLeft, beforeLeft)) return false;
  const maker = makerOf(scope, key);
  const declares = declaring(key, maker);
  if (isTwice)
    return [afterLeft, afterRight].some((signals) =>
      order.isRepeated(inLeft.position, signals, declares, (frame) => isWithin(maker, frame)),
    );
  const isStartOf = (way: Way, use: Use) => way.thread !== use.thread;
  if (
    isStartOf(inLeft, left) &&
    order.isReachable(inLeft.position, inRight.position, afterLeft, declares)
  )
    return true;
  return (
    isStartOf(inRight, right) &&
    order.isReachable(inRight.position, inLeft.position, afterRight, declares)
  );
}

interface Way {
  readonly thread: Thread;
  readonly position: Position;
}

function wayTo({ thread, position }: Use): Way[] {
  const way: Way[] = [{ thread, position }];
  for (let { from } = thread; from; { from } = from.frame.thread)
    way.unshift({ thread: from.frame.thread, position: positionOf(from.frame, from.operation) });
  return way;
}

/** The frame in which an object is made. */
function makerOf({ frames }: Scope, key: string): Frame | undefined {
  const [, index] = /^(\d+)[:@]/.exec(key) ?? [];
  return index === undefined ? undefined : frames[Number(index)];
}

function isWithin(frame: Frame | undefined, outer: Frame): boolean {
  for (let at = frame; at; at = at.parent) if (at === outer) return true;
  return false;
}

/**
 * Operations that make another object of the name: `c := newConn()` in a loop gives the variable at its root a new one, and the call
 * is what the maker of the old one was called by.
 */
function declaring(
  key: string,
  maker: Frame | undefined,
): (frame: Frame, operation: Operation) => boolean {
  const [, index, variable] = /^(\d+):(.*?\.go:\d+)/.exec(key) ?? [];
  const calls = new Set<Operation>();
  for (let at = maker; at; at = at.parent) if (at.operation) calls.add(at.operation);
  return (frame, operation) => {
    if (calls.has(operation) && isWithin(maker, frame)) return true;
    if (variable === undefined || frame.index !== Number(index)) return false;
    switch (operation.kind) {
      case "assign":
        return pathKey(operation.target) === variable;
      case "make":
      case "write":
        return pathKey(operation.path) === variable;
      case "call":
        return operation.results.some((path) => path && pathKey(path) === variable);
      default:
        return false;
    }
  };
}

function describe(one: Use, two: Use, maker: Frame | undefined): Omit<ThreadRace, "scope"> {
  const isTooLate = (write: Use, read: Use): boolean =>
    write.frame === maker && isSetTooLate(write, read);
  const isFirst =
    one.locks.size !== two.locks.size
      ? one.locks.size < two.locks.size
      : isTooLate(one, two) || (one.thread.from !== undefined && !isTooLate(two, one));
  const [main, other] = isFirst ? [one, two] : [two, one];
  return {
    access: main.access,
    other: other.access,
    isOtherLocked: other.locks.size > 0,
    trace: traceOf(main, other),
  };
}

/** `s := &store{}; s.start(); s.journal = newJournal()`: who makes a thing starts its goroutine before he has filled it. */
function isSetTooLate({ access, frame }: Use, { access: read, thread: { from } }: Use): boolean {
  if (!access.isWrite || read.isWrite || !from) return false;
  return positionOf(from.frame, from.operation).some(
    (at) => at.frame === frame && at.operation.at.start < access.operation.at.start,
  );
}

function traceOf(main: Use, other: Use): Trace {
  const steps: Trace["steps"][number][] = [];
  const tell = ({ thread, position, access }: Use, index: number, suffix: string): void => {
    if (thread.from)
      steps.push({
        thread: index,
        at: placeIn(thread.from.frame.model, thread.from.operation.at),
        action: "is started",
        waits: false,
      });
    for (const { frame, operation } of position.slice(0, -1))
      steps.push({
        thread: index,
        at: placeIn(frame.model, operation.at),
        action: "calls",
        waits: false,
      });
    const { frame, operation } = position.at(-1) ?? {};
    if (frame && operation)
      steps.push({
        thread: index,
        at: placeIn(frame.model, operation.at),
        action: `${access.isWrite ? "writes" : "reads"} ${access.path.text}${suffix}`,
        waits: false,
      });
  };
  tell(other, 0, "");
  tell(main, 1, ", perhaps at the same time");
  return { threads: [threadName(other), threadName(main)], steps };
}

function threadName({ thread }: Use): string {
  const name = thread.frames[0]?.model.name ?? "";
  return thread.from ? `goroutine ${name}` : name;
}
