import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { closureMentions } from "../mentions.ts";
import type { Acquisition, LockStep } from "./acquisition.ts";
import { isBeforeSharing } from "./before-sharing.ts";
import { callSites } from "./call-sites.ts";
import { heldLocks } from "./held-locks.ts";
import { leadsTo, leavesFor } from "./leads-to.ts";
import { waitedAt } from "./locks-of-callees.ts";
import { type OtherEnd, otherEnds } from "./other-ends.ts";
import type { LockWalk, Waiting, WaitUnderLock } from "./walk-outcome.ts";

/** Somebody waits at a channel, group or condition holding a lock that everybody at the other end needs first. */
export interface LockAndChannelCycle {
  readonly function: FunctionModel;
  readonly at: Place;
  /** The call that leads to it under the lock; the same place where there is none between. */
  readonly calledAt: Place;
  readonly waitsAt: AccessPath;
  readonly waitsTo: "send" | "receive" | "wait";
  /** Of a channel: what is sent waits only once so many are in it; undefined where the number is not known. */
  readonly buffer: number | undefined;
  readonly lock: AccessPath;
  readonly acquiredAt: Place;
  /** Those at the other end: the function, its operation on the channel, and where it takes the lock before it. */
  readonly partners: readonly Partner[];
  /** Whether lock and channel are of one object wherever they are used; else they are known by their fields. */
  readonly isOneObject: boolean;
  readonly trace: Trace;
}

export interface Partner {
  readonly function: FunctionHeader;
  readonly at: Place;
  readonly locksAt: Place;
}

/**
 * Waits of which every partner in the unit has to take a lock that the waiting one holds, on its way to the other end. A channel that
 * others can name is left alone, since they may help; so is a select one of whose cases can go on.
 */
export const lockAndChannelCycles = defineAnalysis(
  "lock and channel cycles",
  (use): LockAndChannelCycle[] => {
    const functions = use(program);
    const { walks } = use(heldLocks);
    const inClosure = closureMentions(functions);
    const found = walks.flatMap((walk) =>
      walk.isComplete && functions.isJudged(walk.model.file)
        ? walk.waits
            .map((wait) => withoutUnshared(walk, wait, inClosure))
            .flatMap((wait) => cycleAt(walk, wait, use) ?? [])
        : [],
    );
    return onePerOrigin(found);
  },
);

/**
 * A wait in a callee is seen from each of its callers, and by itself: the one that is nearest to it speaks. Of a request and the wait
 * for its answer, the latter.
 */
function onePerOrigin(found: readonly Found[]): LockAndChannelCycle[] {
  const best = new Map<string, Found>();
  for (const one of found) {
    const key = `${one.at.file} ${one.at.start}`;
    const known = best.get(key);
    if (!known || one.distance < known.distance) best.set(key, one);
  }
  const sections = new Map<string, Found>();
  for (const one of best.values()) {
    const { acquiredAt, lock, partners } = one;
    const key = `${acquiredAt.file} ${acquiredAt.start} ${lock.text} ${partners[0]?.function.id}`;
    const known = sections.get(key);
    if (!known || (known.waitsTo === "send" && one.waitsTo !== "send")) sections.set(key, one);
  }
  return [...sections.values()];
}

interface Found extends LockAndChannelCycle {
  readonly distance: number;
}

/** Nobody else needs the lock of an object that nobody else has yet. */
function withoutUnshared(
  { model }: LockWalk,
  wait: WaitUnderLock,
  inClosure: ReturnType<typeof closureMentions>,
): WaitUnderLock {
  const { operation, held } = wait;
  return {
    ...wait,
    held: held.filter(({ lock }) => !isBeforeSharing(model, lock, operation.at, inClosure)),
  };
}

function cycleAt(
  { model }: LockWalk,
  { operation, others, place, held, steps }: WaitUnderLock,
  use: Use,
): Found | undefined {
  for (const lock of held) {
    const blocked = [operation, ...others].map(
      (one) => blockedPartners(one, lock, model, use) ?? abandoned(one, use),
    );
    // Of a select, the case that somebody would come to tells more than one that nobody ever comes to.
    const at = blocked.findIndex((one) => one !== undefined && one.partners.length > 0);
    const [first, waiting] = [blocked[at], [operation, ...others][at]];
    if (first && waiting && blocked.every((one) => one !== undefined))
      return describe(model, waiting, standsAt(waiting, place, steps), lock, first, steps, use);
  }
  return undefined;
}

/** Of a select, its cases stand each in its own place; in a callee they are known by the first one. */
function standsAt({ at }: Waiting, place: Place, steps: readonly LockStep[]): Place {
  return steps.length === 0 ? { file: place.file, ...at } : place;
}

interface Blocked {
  readonly partners: readonly NeedingPartner[];
  readonly buffer: number | undefined;
}

interface NeedingPartner extends Partner {
  readonly acquisition: Acquisition;
  readonly isOneObject: boolean;
}

/** Those at the other end, if none of them can come without the lock. */
function blockedPartners(
  operation: Waiting,
  lock: Acquisition,
  holder: FunctionModel,
  use: Use,
): Blocked | undefined {
  const found = use(otherEnds).of(operation);
  if (!found) return undefined;
  const { ends, buffer, areAllNeeded, areApart, addedIn } = found;
  const isSend = operation.kind === "send";
  const isBuffered = isSend && buffer !== 0;
  if (isBuffered && !(ends.every((end) => isReader(end, use)) && mayBeMany(holder)))
    return undefined;
  // The buffer of a test has room for what the test does.
  if (isBuffered && ends.every((end) => end.function.isTest)) return undefined;
  if (buffer === 1 && isSend && isAnswer(waitedAt(operation), holder)) return undefined;
  const at = waitedAt(operation);
  const wait: Wait = { lock, at, holder, addedIn, isSend, isBuffered, areApart, use };
  const partners: NeedingPartner[] = [];
  const free: OtherEnd[] = [];
  for (const end of ends) {
    const partner = partnerNeeding(wait, end);
    if (partner) partners.push(partner);
    else if (areApart) free.push(end);
    else if (!areAllNeeded) return undefined;
  }
  if (areApart) {
    const alone = partners.filter((one) => !free.some((end) => mayServe(end, one, use)));
    return alone.length > 0 ? { partners: alone, buffer } : undefined;
  }
  return partners.length > 0 || !areAllNeeded ? { partners, buffer } : undefined;
}

/** Whether somebody at an end may receive for a partner as well: one who is of the same function, or called or started there. */
function mayServe({ function: helper }: OtherEnd, partner: Partner, use: Use): boolean {
  const functions = use(program);
  const outermost = (id: FunctionId): FunctionId => {
    let at = functions.header(id);
    while (at?.enclosing !== undefined) at = functions.header(at.enclosing);
    return at?.id ?? id;
  };
  const home = outermost(partner.function.id);
  if (outermost(helper.id) === home) return true;
  return use(callSites)
    .of(helper.id)
    .some(({ caller }) => outermost(caller) === home);
}

/** A send whose every receiver may have left its loop: only of interest where the other cases wait for the lock. */
function abandoned(operation: Waiting, use: Use): Blocked | undefined {
  if (operation.kind !== "send") return undefined;
  const found = use(otherEnds).of(operation);
  const isLeft = found?.ends.every((end) => {
    const model = use(program).model(end.function.id);
    return model !== undefined && isReader(end, use) && leavesFor(model, end.at, "return");
  });
  return found && isLeft ? { partners: [], buffer: found.buffer } : undefined;
}

/** A buffer fills only where many are sent: whoever takes one and goes is no reader of many. */
function isReader({ function: { id }, isRange, at }: OtherEnd, use: Use): boolean {
  if (isRange) return true;
  const model = use(program).model(id);
  return model !== undefined && leadsTo(model, at, at);
}

/** Whoever remembers in a flag that something was sent sends it once. */
function mayBeMany({ blocks }: FunctionModel): boolean {
  return !blocks.some(({ operations }) =>
    operations.some(
      (one) =>
        one.kind === "assign" &&
        one.target.steps.at(-1)?.kind === "field" &&
        one.value.kind === "constant" &&
        (one.value.text === "true" || one.value.text === "false"),
    ),
  );
}

const ANSWER = /done|err|res|reply|answer|ready|ack/i;

/** `request.done <- nil`: the request in hand has a channel of its own, with room for its one answer. */
function isAnswer({ root, steps }: AccessPath, { id }: FunctionModel): boolean {
  const last = steps.at(-1);
  if (last?.kind !== "field" || !ANSWER.test(last.name)) return false;
  if (root.kind === "unknown") return true;
  if (root.kind !== "variable" || root.variable.declaredIn !== id) return false;
  return root.variable.role === "local";
}

interface Wait {
  readonly lock: Acquisition;
  readonly at: AccessPath;
  readonly holder: FunctionModel;
  readonly addedIn: ReadonlySet<FunctionId>;
  readonly isSend: boolean;
  readonly isBuffered: boolean;
  readonly areApart: boolean;
  readonly use: Use;
}

/** The other end, if the way to it leads over the lock; undefined if somebody can be there without it. */
function partnerNeeding(wait: Wait, end: OtherEnd): NeedingPartner | undefined {
  const { function: partner, path, at } = end;
  if (partner.id === wait.holder.id) return undefined;
  const need = needOf(wait, partner.id, path, path, at, CALLERS, false);
  const step = need?.acquisition.steps.at(-1);
  if (!need || !step) return undefined;
  return { function: partner, at: { file: partner.file, ...at }, locksAt: step.at, ...need };
}

/** Callers of a partner that are asked in turn. */
const CALLERS = 2;

type Call = OperationOf<"call"> | OperationOf<"spawn">;

type Need = Pick<NeedingPartner, "acquisition" | "isOneObject">;

function needOf(
  wait: Wait,
  id: FunctionId,
  path: AccessPath | undefined,
  owner: AccessPath | undefined,
  at: Span,
  depth: number,
  isLeft: boolean,
): Need | undefined {
  const walk = wait.use(heldLocks).walk(id);
  if (!walk?.isComplete) return undefined;
  // What a function that is kept in a field takes, its caller knows by the lock's field alone, and so the lock of an element.
  const byField = walk.summary.hidden.filter(
    ({ leadsBack, lock }) => leadsBack || isOfOwnElement(lock, walk.model),
  );
  for (const acquisition of [...walk.acquisitions, ...byField]) {
    if (!isInTheWay(wait.lock, acquisition)) continue;
    const relation = relationOf(wait, acquisition.lock, path);
    const isAfter = isLeft && leadsTo(walk.model, at, acquisition.at);
    if (relation === "other") continue;
    if (!isAfter && !isOnTheWay(wait, walk.model, acquisition.at, at)) continue;
    if (owner && comesFrom(walk.model, owner, acquisition.at)) continue;
    // Of a callee that locks it was asked itself whether it does so before.
    if (acquisition.at.start === at.start) continue;
    return { acquisition, isOneObject: relation === "one" };
  }
  if (depth === 0) return undefined;
  // Who reads many, and leaves its loop, comes back to its caller.
  const hasLeft = isLeft || (wait.isSend && path !== undefined && isLeftBehind(walk.model, at));
  return needOfCallers(wait, id, owner, depth, hasLeft);
}

/** `w.kilns[name].cool()`: which of them it is has no name, unlike the object that they hang on. */
function isOfOwnElement({ root, steps }: AccessPath, { id }: FunctionModel): boolean {
  return (
    root.kind === "variable" &&
    root.variable.declaredIn === id &&
    steps.some(({ kind }) => kind === "element")
  );
}

function isLeftBehind(model: FunctionModel, receive: Span): boolean {
  return leadsTo(model, receive, receive) && leavesFor(model, receive, "return");
}

/** Whether the call that locks yields what the channel belongs to: nobody can wait for that before. */
function comesFrom({ blocks }: FunctionModel, { root }: AccessPath, call: Span): boolean {
  if (root.kind !== "variable") return false;
  const { id } = root.variable;
  return blocks.some(({ operations }) =>
    operations.some(
      (one) =>
        one.kind === "call" &&
        one.at.start === call.start &&
        one.results.some(
          (result) => result?.root.kind === "variable" && result.root.variable.id === id,
        ),
    ),
  );
}

function isOnTheWay(wait: Wait, model: FunctionModel, locksAt: Span, at: Span): boolean {
  if (isDecidedByFlag(model, locksAt) || isBeforeStart(wait, model, locksAt)) return false;
  // What was read before the lock makes room in the buffer. A channel of one's own is sent to once it was put where others see it.
  const isAgainOnly = wait.isBuffered || wait.areApart;
  const isBefore = leadsTo(model, locksAt, at) && !(isAgainOnly && !leadsTo(model, at, locksAt));
  // A reader of many leaves its loop for the lock, and takes no more of them.
  const isLeft = wait.isSend && leadsTo(model, at, at) && leavesFor(model, at, locksAt);
  return (isBefore || isLeft) && !isAddedAfter(wait, model, locksAt);
}

/** Who starts the goroutine that waits has had the lock before. */
function isBeforeStart({ holder }: Wait, model: FunctionModel, locksAt: Span): boolean {
  const starts = model.blocks.flatMap(({ operations }) =>
    operations.filter(
      (one) =>
        one.kind === "spawn" && one.callee.kind === "static" && one.callee.function === holder.id,
    ),
  );
  return starts.length > 0 && !starts.some(({ at }) => leadsTo(model, at, locksAt));
}

/** A worker that adds itself to the group after it had the lock needs it no more. */
function isAddedAfter({ addedIn }: Wait, model: FunctionModel, locksAt: Span): boolean {
  if (addedIn.size === 0) return false;
  return model.blocks.some(({ operations }) =>
    operations.some(
      (one) =>
        ((one.kind === "add" && (one.delta ?? 1) > 0 && addedIn.has(model.id)) ||
          (one.kind === "call" &&
            one.callee.kind === "static" &&
            addedIn.has(one.callee.function))) &&
        (one.at.start === locksAt.start || leadsTo(model, locksAt, one.at)),
    ),
  );
}

/** `if !s.stopping { s.mu.Lock() … }`: the flag may say that somebody has the lock and waits. */
function isDecidedByFlag({ blocks }: FunctionModel, at: Span): boolean {
  const goals = new Set(
    blocks.flatMap(({ operations }, index) =>
      operations.some((one) => one.at.start === at.start) ? [index] : [],
    ),
  );
  return blocks.some(({ end }, index) => {
    if (end.kind !== "branch" || !end.condition) return false;
    const { key, reads } = end.condition;
    if (!reads.includes(key) || isOwnFlag(blocks, key)) return false;
    return [end.then, end.otherwise].some((side) => !isReached(blocks, goals, index, side));
  });
}

/** A flag that the function sets and clears itself tells it nothing of others. */
function isOwnFlag(blocks: FunctionModel["blocks"], key: string): boolean {
  const values = new Set(
    blocks.flatMap(({ operations }) =>
      operations.flatMap((one) =>
        one.kind === "assign" && one.value.kind === "constant" && pathKey(one.target) === key
          ? [one.value.text]
          : [],
      ),
    ),
  );
  return values.has("true") && values.has("false");
}

/** Whether a block can be come to without going from one block to another. */
function isReached(
  blocks: FunctionModel["blocks"],
  goals: ReadonlySet<number>,
  from: number,
  to: number,
): boolean {
  const seen = new Set<number>();
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    if (goals.has(at)) return true;
    const block = blocks[at];
    for (const next of block ? successors(block.end) : [])
      if (at !== from || next !== to) waiting.push(next);
  }
  return false;
}

/** A callee that locks only where an argument says so may be told not to. */
function isInTheWay(lock: Acquisition, { mode, under }: Acquisition): boolean {
  return (lock.mode === "write" || mode === "write") && !under.includes("parameter");
}

/** Every caller takes the lock before it calls. A goroutine goes its own way once it is started. */
function needOfCallers(
  wait: Wait,
  id: FunctionId,
  owner: AccessPath | undefined,
  depth: number,
  isLeft: boolean,
): Need | undefined {
  const { use, holder } = wait;
  const calls = use(callSites);
  const sites = calls.of(id);
  if (sites.length === 0 || calls.isHandedOn(id)) return undefined;
  let found: Need | undefined;
  for (const { caller, operation } of sites) {
    if (operation.kind === "spawn" || caller === holder.id) return undefined;
    const given = owner && rootAtCall(owner, operation);
    found = needOf(wait, caller, undefined, given, operation.at, depth - 1, isLeft);
    if (!found) return undefined;
  }
  return found && { ...found, isOneObject: false };
}

/** What the caller names where the callee says its receiver or a parameter. */
function rootAtCall(
  { root }: AccessPath,
  { callee, arguments: given }: Call,
): AccessPath | undefined {
  if (root.kind !== "variable") return undefined;
  const { role, index } = root.variable;
  const receiver = callee.kind === "unknown" ? undefined : callee.receiver;
  const value = role === "receiver" ? receiver : role === "parameter" ? given[index] : undefined;
  return value?.kind === "path" ? value.path : undefined;
}

/**
 * Whether a lock at the other end is the one that is held: `one` as far as paths tell, `field` if both are one field of objects that
 * nothing tells apart.
 */
function relationOf(
  { lock: { lock }, at: channel }: Wait,
  otherLock: AccessPath,
  otherChannel: AccessPath | undefined,
): "one" | "field" | "other" {
  const key = pathKey(lock);
  const isOneKey = key !== undefined && key === pathKey(otherLock);
  if (
    isOneKey &&
    otherChannel &&
    pathKey(channel) === pathKey(otherChannel) &&
    isOneCall(lock, channel)
  )
    return "one";
  if (lock.slot === undefined || lock.slot !== otherLock.slot)
    return isOneKey && isShared(lock) ? "field" : "other";
  if (!otherChannel) return "field";
  const [owner, other] = [ownerOf(lock), ownerOf(otherLock)];
  const [end, otherEnd] = [ownerOf(channel), ownerOf(otherChannel)];
  if (owner !== undefined && other !== undefined && owner === end && other === otherEnd)
    return "one";
  // Of two objects of one type here or there, somebody else's lock is held.
  if (typeOf(lock) === typeOf(channel) && (isApart(owner, end) || isApart(other, otherEnd)))
    return "other";
  return "field";
}

function isApart(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined || left === right) return false;
  return !leadsBack(left, right) && !leadsBack(right, left);
}

/** `s.resource.stream` of s: over another object back to the same one, as a rule. `n.parent` is another one. */
function leadsBack(way: string, from: string): boolean {
  return way.startsWith(`${from}.`) && way.slice(from.length + 1).includes(".");
}

/** A local that closures share. */
function isShared({ root, steps }: AccessPath): boolean {
  return root.kind === "variable" && steps.length === 0 && root.variable.role === "local";
}

/** `package.Type` of a field. */
function typeOf({ slot }: AccessPath): string | undefined {
  return slot?.slice(0, slot.lastIndexOf("."));
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

const WAITS: { readonly [kind in LockAndChannelCycle["waitsTo"]]: string } = {
  send: "waits to send on",
  receive: "waits to receive from",
  wait: "waits at",
};

function describe(
  model: FunctionModel,
  operation: Waiting,
  stands: Place,
  lock: Acquisition,
  { partners, buffer }: Blocked,
  way: readonly LockStep[],
  use: Use,
): Found {
  const { kind, at } = operation;
  const waitsAt = waitedAt(operation);
  // Where it waits: in a callee, if that is where the operation stands.
  const here: Place = { file: model.file, ...at };
  const place = use(program).isJudged(stands.file) ? stands : here;
  const [first] = partners;
  const trace: Trace = {
    threads: [model.name, first?.function.name ?? ""],
    steps: [
      ...lock.steps.map((step) => ({ thread: 0, ...step, waits: false })),
      ...(first ? wayToLock(first) : []),
      ...way.map((step) => ({ thread: 0, ...step, waits: false })),
      { thread: 0, at: place, action: `${WAITS[kind]} ${waitsAt.text}, for ever`, waits: true },
    ],
  };
  return {
    function: model,
    at: place,
    waitsAt,
    waitsTo: kind,
    buffer: kind === "send" ? buffer : 0,
    lock: lock.lock,
    acquiredAt: { file: model.file, ...lock.at },
    partners,
    isOneObject: partners.every((one) => one.isOneObject),
    trace,
    calledAt: here,
    distance: way.length,
  };
}

function wayToLock({ acquisition }: NeedingPartner): Trace["steps"] {
  return acquisition.steps.map(({ at, action }, index) => {
    const isLast = index === acquisition.steps.length - 1;
    const waits = `waits for ${acquisition.lock.text}`;
    return { thread: 1, at, action: isLast ? waits : action, waits: isLast };
  });
}
