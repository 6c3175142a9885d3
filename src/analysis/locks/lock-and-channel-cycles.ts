import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { type ChannelCensus, type ChannelUse, channelCensus } from "../channel-census.ts";
import type { Acquisition, LockStep } from "./acquisition.ts";
import { type HeldLocks, heldLocks } from "./held-locks.ts";
import { leadsTo } from "./leads-to.ts";
import type { LockWalk, WaitUnderLock } from "./lock-walk.ts";

/** Somebody waits at a channel holding a lock that everybody at the other end needs first. */
export interface LockAndChannelCycle {
  readonly function: FunctionModel;
  readonly at: Place;
  readonly channel: AccessPath;
  readonly waitsTo: "send" | "receive";
  /** Of the channel: what is sent waits only once so many are in it. */
  readonly buffer: number;
  readonly lock: AccessPath;
  readonly acquiredAt: Place;
  /** Those at the other end: the function, its operation on the channel, and where it takes the lock before it. */
  readonly partners: readonly Partner[];
  readonly trace: Trace;
}

export interface Partner {
  readonly function: FunctionModel;
  readonly at: Place;
  readonly locksAt: Place;
}

/**
 * Waits at unbuffered channels of which every partner in the unit has to take a lock that the waiting one holds, on its way
 * to the other end. Channel and lock are fields of one object, or variables that both see; a channel that others can name is
 * left alone, since they may help.
 */
export const lockAndChannelCycles = defineAnalysis(
  "lock and channel cycles",
  (use): LockAndChannelCycle[] => {
    const functions = use(program);
    const locks = use(heldLocks);
    const waiting = locks.walks.filter(
      ({ model, isComplete, waits }) =>
        isComplete &&
        functions.isJudged(model.file) &&
        waits.some(({ operation }) => operation.kind !== "wait" && isClosed(operation.channel)),
    );
    // The census lowers every function that touches a channel: only where somebody waits under a lock.
    if (waiting.length === 0) return [];
    const census = use(channelCensus);
    return waiting.flatMap((walk) =>
      walk.waits.flatMap((wait) => cycleAt(walk, wait, census, locks) ?? []),
    );
  },
);

function cycleAt(
  { model }: LockWalk,
  { operation, held, steps }: WaitUnderLock,
  census: ChannelCensus,
  locks: HeldLocks,
): LockAndChannelCycle | undefined {
  if (operation.kind === "wait") return undefined;
  const { channel } = operation;
  const record = census.of(channel);
  if (!record || record.makes.length === 0 || !isClosed(channel)) return undefined;
  // A buffer doesn't help who receives.
  const buffer = operation.kind === "receive" ? 0 : record.capacity;
  if (buffer === undefined) return undefined;
  const ends: readonly ChannelUse[] =
    operation.kind === "send" ? record.receives : [...record.sends, ...record.closes];
  if (ends.length === 0) return undefined;
  // A buffer fills only where many are sent: whoever takes one and goes is no reader of many.
  if (buffer > 0 && !ends.every((end) => end.operation.kind === "receive" && end.operation.isRange))
    return undefined;
  for (const lock of held) {
    const partners = ends.map((end) => partnerNeeding(lock, channel, end, model, locks));
    if (partners.every((partner) => partner !== undefined))
      return describe(model, operation, lock, partners, buffer, steps);
  }
  return undefined;
}

interface NeedingPartner extends Partner {
  readonly acquisition: Acquisition;
}

/** The other end, if the way to it leads over the lock; undefined if somebody can be there without it. */
function partnerNeeding(
  lock: Acquisition,
  channel: AccessPath,
  { function: { id }, operation }: ChannelUse,
  holder: FunctionModel,
  locks: HeldLocks,
): NeedingPartner | undefined {
  const walk = locks.walk(id);
  if (!walk?.isComplete || id === holder.id || operation.kind === "make") return undefined;
  const acquisition = walk.acquisitions.find(
    (one) =>
      one.under.length === 0 &&
      isSameLock(lock.lock, channel, one.lock, operation.channel) &&
      leadsTo(walk.model, one.at, operation.at),
  );
  const step = acquisition?.steps.at(-1);
  if (!acquisition || !step) return undefined;
  const { model } = walk;
  const at = { file: model.file, ...operation.at };
  return { function: model, at, locksAt: step.at, acquisition };
}

/** In both functions the lock and the channel hang on one owner, by one name: the same instance as far as paths tell. */
function isSameLock(
  lock: AccessPath,
  channel: AccessPath,
  otherLock: AccessPath,
  otherChannel: AccessPath,
): boolean {
  const key = pathKey(lock);
  if (key !== undefined && key === pathKey(otherLock) && pathKey(channel) === pathKey(otherChannel))
    return isOneCall(lock, channel);
  if (lock.slot === undefined || lock.slot !== otherLock.slot) return false;
  const [owner, other] = [ownerOf(lock), ownerOf(otherLock)];
  return (
    owner !== undefined &&
    other !== undefined &&
    owner === ownerOf(channel) &&
    other === ownerOf(otherChannel)
  );
}

/** Neither is a receiver, which may be another object, or the channel belongs to the very call that has the receiver. */
function isOneCall(lock: AccessPath, channel: AccessPath): boolean {
  if (lock.root.kind !== "variable") return false;
  const { role, declaredIn } = lock.root.variable;
  if (role !== "receiver") return true;
  return (
    channel.root.kind === "variable" &&
    channel.root.variable.declaredIn === declaredIn &&
    channel.root.variable.role === "local"
  );
}

/** The key of what a field hangs on; undefined for what is no field. */
function ownerOf({ root, steps, text, slot }: AccessPath): string | undefined {
  if (steps.at(-1)?.kind !== "field") return undefined;
  return pathKey({ root, steps: steps.slice(0, -1), text, slot });
}

/** Whether only the unit can name the channel: a variable, or a field that is written small. */
function isClosed({ steps, root }: AccessPath): boolean {
  const last = steps.at(-1);
  if (last?.kind === "field") return !/^\p{Lu}/u.test(last.name);
  return last === undefined && root.kind === "variable" && root.variable.role !== "parameter";
}

type ChannelWait = Exclude<WaitUnderLock["operation"], { kind: "wait" }>;

function describe(
  model: FunctionModel,
  { kind, channel, at }: ChannelWait,
  lock: Acquisition,
  partners: readonly NeedingPartner[],
  buffer: number,
  way: readonly LockStep[],
): LockAndChannelCycle {
  const place: Place = { file: model.file, ...at };
  const [first] = partners;
  const waits =
    kind === "send" ? `waits to send on ${channel.text}` : `waits to receive from ${channel.text}`;
  const trace: Trace = {
    threads: [model.name, first?.function.name ?? ""],
    steps: [
      ...lock.steps.map(({ at: stepAt, action }) => ({
        thread: 0,
        at: stepAt,
        action,
        waits: false,
      })),
      ...(first ? wayToLock(first) : []),
      ...way.map((step) => ({ thread: 0, ...step, waits: false })),
      { thread: 0, at: place, action: `${waits}, for ever`, waits: true },
    ],
  };
  return {
    function: model,
    at: place,
    channel,
    waitsTo: kind,
    buffer,
    lock: lock.lock,
    acquiredAt: { file: model.file, ...lock.at },
    partners: partners.map(({ function: partner, at: end, locksAt }) => ({
      function: partner,
      at: end,
      locksAt,
    })),
    trace,
  };
}

function wayToLock({ acquisition }: NeedingPartner): Trace["steps"] {
  return acquisition.steps.map(({ at, action }, index) => {
    const isLast = index === acquisition.steps.length - 1;
    const waits = `waits for ${acquisition.lock.text}`;
    return { thread: 1, at, action: isLast ? waits : action, waits: isLast };
  });
}
