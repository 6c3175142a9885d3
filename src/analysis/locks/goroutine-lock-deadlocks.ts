import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { type ChannelCensus, channelCensus } from "../channel-census.ts";
import type { Acquisition } from "./acquisition.ts";
import { type HeldLocks, heldLocks } from "./held-locks.ts";
import { leadsTo } from "./leads-to.ts";
import { waitedAt } from "./locks-of-callees.ts";
import { mayBeOne } from "./may-be-one.ts";
import { type StartedWork, startedWork } from "./started-work.ts";
import { lockedCalls, waitsUnderCallersLocks } from "./waits-under-callers-locks.ts";
import type { LockWalk, WaitUnderLock } from "./walk-outcome.ts";

/** A function waits, holding a lock, for a goroutine that it has started and that needs the lock before it can come. */
export interface GoroutineLockDeadlock {
  readonly function: FunctionModel;
  readonly at: Place;
  /** What it waits at: `wg`, `done`. */
  readonly waitsAt: AccessPath;
  readonly lock: AccessPath;
  readonly acquiredAt: Place;
  readonly startedAt: Place;
  readonly locksAt: Place;
  /** Whether the goroutine always takes the lock. */
  readonly isCertain: boolean;
  readonly trace: Trace;
}

/**
 * Waits of one function for goroutines of its own: at a WaitGroup or errgroup that one of them counts down, or at a channel of which
 * they are the only other end.
 */
export const goroutineLockDeadlocks = defineAnalysis(
  "goroutine lock deadlocks",
  (use): GoroutineLockDeadlock[] => {
    const functions = use(program);
    const locks = use(heldLocks);
    const calls = lockedCalls(locks.walks);
    const speaking = new Set(locks.walks.map(({ model }) => model.id));
    // Who starts and waits may say nothing of the lock that its caller holds.
    const others = functions
      .functionsWith(STARTS)
      .filter(({ id }) => calls.has(id) && !speaking.has(id));
    const walks = [...locks.walks, ...others.flatMap(({ id }) => locks.walk(id) ?? [])];
    return walks.flatMap((walk) => {
      const { model, isComplete } = walk;
      const ofCallers = calls.get(model.id) ?? [];
      if (!isComplete || walk.waits.length + ofCallers.length === 0) return [];
      if (!functions.isJudged(model.file)) return [];
      const started = startedWork(functions, model);
      if (started.length === 0) return [];
      const waits = [...walk.waits, ...waitsUnderCallersLocks(walk, ofCallers)];
      return waits.flatMap(
        (wait) => deadlockAt(walk, wait, started, locks, () => use(channelCensus)) ?? [],
      );
    });
  },
);

const STARTS = /\bgo\b|\.Go\(/;

interface Needing {
  /** Whose end of the channel it is. */
  readonly id: FunctionId;
  readonly start: StartedWork["start"];
  readonly acquisition: Acquisition;
  /** The function that needs the lock. */
  readonly model: FunctionModel;
}

function deadlockAt(
  { model }: LockWalk,
  wait: WaitUnderLock,
  started: readonly StartedWork[],
  locks: HeldLocks,
  census: () => ChannelCensus,
): GoroutineLockDeadlock | undefined {
  const goal = waitedAt(wait.operation);
  const key = pathKey(goal);
  // Of a select another case may go on.
  if (key === undefined || wait.others.length > 0) return undefined;
  for (const lock of wait.held) {
    const needing = started
      .filter(({ start }) => leadsTo(model, start.at, wait.operation.at))
      .flatMap((work) => needingAt(work, wait, key, lock, locks) ?? []);
    const [first] = needing;
    if (!first) continue;
    if (wait.operation.kind !== "wait" && !areAllEnds(wait.operation, needing, census())) continue;
    return describe(model, wait, goal, lock, first);
  }
  return undefined;
}

/** The goroutine, if it comes to the other end over the lock. */
function needingAt(
  { start, work, nameOfWork, runner, group }: StartedWork,
  { operation }: WaitUnderLock,
  key: string,
  lock: Acquisition,
  locks: HeldLocks,
): Needing | undefined {
  const walk = locks.walk(work);
  if (!walk?.isComplete) return undefined;
  const { model } = walk;
  const isAt = (path: AccessPath | undefined): boolean =>
    path !== undefined && pathKey(path) === key;
  const isJoin = operation.kind === "wait" && isAt(group);
  const ending = runner?.model ?? model;
  const ends = endsIn(ending, operation.kind).filter(({ path }) =>
    isAt(runner ? runner.nameOf(path) : nameOfWork(path, model)),
  );
  if (!isJoin && ends.length === 0) return undefined;
  const isBefore = (one: Acquisition, end: End): boolean =>
    runner ? runner.callsBefore(end.at) : leadsTo(model, one.at, end.at);
  // What a function that is kept in a field takes is known by the lock's field alone.
  const byField = walk.summary.hidden.filter(({ leadsBack }) => leadsBack);
  const acquisition = [...walk.acquisitions, ...byField].find((one) => {
    if (one.under.includes("parameter") || (lock.mode !== "write" && one.mode !== "write"))
      return false;
    const named = one.leadsBack ? undefined : nameOfWork(one.lock, model);
    const isHeld = one.leadsBack
      ? one.lock.slot === lock.lock.slot && mayBeOne(lock.lock, one.lock)
      : named !== undefined && pathKey(named) === lock.key;
    if (!isHeld) return false;
    return isJoin || ends.every((end) => isBefore(one, end));
  });
  return acquisition && { id: ending.id, start, acquisition, model };
}

interface End {
  readonly path: AccessPath;
  readonly at: Operation["at"];
}

/** Operations of a function that let a wait of that kind go on. */
function endsIn({ blocks }: FunctionModel, kind: WaitUnderLock["operation"]["kind"]): End[] {
  const all = blocks.flatMap(({ operations, end }) => [
    ...operations.flatMap((one) => (one.kind === "defer" ? one.operations : [one])),
    ...(end.kind === "select" ? end.cases.map((one) => one.operation) : []),
  ]);
  return all.flatMap((one): End[] => {
    if (kind === "wait")
      return one.kind === "add" && (one.delta ?? 0) < 0 ? [{ path: one.group, at: one.at }] : [];
    if (kind === "send") return one.kind === "receive" ? [{ path: one.channel, at: one.at }] : [];
    return one.kind === "send" || one.kind === "close" ? [{ path: one.channel, at: one.at }] : [];
  });
}

/** Nobody else is at the other end of the channel, and no buffer takes what is sent. */
function areAllEnds(
  operation: Exclude<WaitUnderLock["operation"], { kind: "wait" }>,
  needing: readonly Needing[],
  census: ChannelCensus,
): boolean {
  const record = census.of(operation.channel);
  if (!record || record.makes.length === 0) return false;
  if (operation.kind === "send" && record.capacity !== 0) return false;
  const ends = operation.kind === "send" ? record.receives : [...record.sends, ...record.closes];
  return ends.every((end) => needing.some(({ id }) => id === end.function.id));
}

function describe(
  model: FunctionModel,
  { operation, steps, place }: WaitUnderLock,
  waitsAt: AccessPath,
  lock: Acquisition,
  { start, acquisition, model: goroutine }: Needing,
): GoroutineLockDeadlock {
  const inFile = (span: { start: number; end: number }): Place => ({ file: model.file, ...span });
  const locksAt = acquisition.steps.at(-1)?.at ?? { file: goroutine.file, ...acquisition.at };
  const way = acquisition.steps.slice(0, -1);
  const does = (thread: number) => (step: { at: Place; action: string }) => ({
    thread,
    ...step,
    waits: false,
  });
  const begin = [
    ...lock.steps.map(does(0)),
    does(0)({ at: inFile(start.at), action: `starts ${goroutine.name}` }),
  ].sort((left, right) => (left.at.file === right.at.file ? left.at.start - right.at.start : 0));
  const at = steps.length > 0 ? place : inFile(operation.at);
  return {
    function: model,
    at,
    waitsAt,
    lock: lock.lock,
    acquiredAt: lock.steps[0]?.at ?? inFile(lock.at),
    startedAt: inFile(start.at),
    locksAt,
    isCertain: acquisition.under.length === 0,
    trace: {
      threads: [model.name, goroutine.name],
      steps: [
        ...begin,
        ...way.map(does(1)),
        { thread: 1, at: locksAt, action: `waits for ${lock.lock.text}`, waits: true },
        ...steps.map(does(0)),
        {
          thread: 0,
          at,
          action: `waits at ${waitsAt.text} for the goroutine, for ever`,
          waits: true,
        },
      ],
    },
  };
}
