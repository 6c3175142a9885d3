import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { type ChannelCensus, channelCensus } from "../channel-census.ts";
import type { Acquisition } from "./acquisition.ts";
import { type HeldLocks, heldLocks } from "./held-locks.ts";
import { leadsTo } from "./leads-to.ts";
import { waitedAt } from "./locks-of-callees.ts";
import { atCall } from "./substitute.ts";
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
    return locks.walks.flatMap((walk) => {
      const { model, isComplete, waits } = walk;
      if (!isComplete || waits.length === 0 || !functions.isJudged(model.file)) return [];
      const spawns = spawnsIn(model);
      if (spawns.length === 0) return [];
      return waits.flatMap(
        (wait) => deadlockAt(walk, wait, spawns, locks, () => use(channelCensus)) ?? [],
      );
    });
  },
);

function spawnsIn({ blocks }: FunctionModel): OperationOf<"spawn">[] {
  return blocks.flatMap(({ operations }) => operations.filter((one) => one.kind === "spawn"));
}

interface Needing {
  readonly id: FunctionId;
  readonly spawn: OperationOf<"spawn">;
  readonly acquisition: Acquisition;
  readonly model: FunctionModel;
}

function deadlockAt(
  { model }: LockWalk,
  wait: WaitUnderLock,
  spawns: readonly OperationOf<"spawn">[],
  locks: HeldLocks,
  census: () => ChannelCensus,
): GoroutineLockDeadlock | undefined {
  const goal = waitedAt(wait.operation);
  const key = pathKey(goal);
  // Of a select another case may go on.
  if (key === undefined || wait.others.length > 0) return undefined;
  for (const lock of wait.held) {
    const needing = spawns
      .filter((spawn) => leadsTo(model, spawn.at, wait.operation.at))
      .flatMap((spawn) => needingAt(spawn, wait, key, lock, locks) ?? []);
    const [first] = needing;
    if (!first) continue;
    if (wait.operation.kind !== "wait" && !areAllEnds(wait.operation, needing, census())) continue;
    return describe(model, wait, goal, lock, first);
  }
  return undefined;
}

/** The goroutine, if it comes to the other end over the lock. */
function needingAt(
  spawn: OperationOf<"spawn">,
  { operation }: WaitUnderLock,
  key: string,
  lock: Acquisition,
  locks: HeldLocks,
): Needing | undefined {
  const { callee } = spawn;
  const id = callee.kind === "static" ? callee.function : undefined;
  const walk = id === undefined ? undefined : locks.walk(id);
  if (id === undefined || !walk?.isComplete) return undefined;
  const { model } = walk;
  const isJoin = operation.kind === "wait" && spawn.group && pathKey(spawn.group) === key;
  const ends = endsIn(model, operation.kind).filter(({ path }) => {
    const named = atCall(path, model, spawn);
    return named !== undefined && pathKey(named) === key;
  });
  if (!isJoin && ends.length === 0) return undefined;
  const acquisition = walk.acquisitions.find(
    (one) =>
      !one.under.includes("parameter") &&
      (lock.mode === "write" || one.mode === "write") &&
      keyAt(one.lock, model, spawn) === lock.key &&
      (isJoin || ends.every((end) => leadsTo(model, one.at, end.at))),
  );
  return acquisition && { id, spawn, acquisition, model };
}

function keyAt(
  lock: AccessPath,
  model: FunctionModel,
  spawn: OperationOf<"spawn">,
): string | undefined {
  const path = atCall(lock, model, spawn);
  return path && pathKey(path);
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
  { operation, steps }: WaitUnderLock,
  waitsAt: AccessPath,
  lock: Acquisition,
  { spawn, acquisition, model: goroutine }: Needing,
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
    does(0)({ at: inFile(spawn.at), action: `starts ${goroutine.name}` }),
  ].sort((left, right) => (left.at.file === right.at.file ? left.at.start - right.at.start : 0));
  return {
    function: model,
    at: inFile(operation.at),
    waitsAt,
    lock: lock.lock,
    acquiredAt: inFile(lock.at),
    startedAt: inFile(spawn.at),
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
          at: inFile(operation.at),
          action: `waits at ${waitsAt.text} for the goroutine, for ever`,
          waits: true,
        },
      ],
    },
  };
}
