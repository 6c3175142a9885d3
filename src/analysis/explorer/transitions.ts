import { invariant } from "../../core/invariant.ts";
import type { SelectCase, Terminator } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import type { AccessPath } from "../../model/path.ts";
import { afterOperation, movedTo, operationAt, terminatorAt, withFrame } from "./frames.ts";
import {
  countGroup,
  isDoneOfRoot,
  onceAt,
  ownedObject,
  subjectOf,
  tellOk,
} from "./owned-objects.ts";
import type { Scope } from "./scope.ts";
import { type ChannelState, copyState, type Event, type Frame, type State } from "./state.ts";

/** One thing that can happen next: who moves (one thread, or a sender and its receiver), to which state. */
export interface Transition {
  readonly movers: readonly number[];
  readonly state: State;
  readonly events: readonly Event[];
  /** A send on a closed channel, a second close, a negative counter: what it says, since the process ends here. */
  readonly crash: Crash | undefined;
}

/** An operation that panics. */
export interface Crash {
  readonly thread: number;
  readonly operation: OperationOf<"send"> | OperationOf<"close"> | OperationOf<"add">;
  readonly file: string;
}

/** A channel operation that a thread stands at, alone or as a case of a select, and how it goes on. */
interface Offer {
  readonly thread: number;
  readonly operation: OperationOf<"send"> | OperationOf<"receive">;
  /** The channel's id; undefined: outside help may come. `nil`: never. */
  readonly channel: string | undefined;
  readonly frame: Frame;
  readonly choice: SelectCase | undefined;
  /** Of a select that goes on at once. */
  readonly hasDefault: boolean;
}

/** Everything that can happen in a state whose threads all stand at visible operations. */
export function transitionsOf(scope: Scope, state: State): Transition[] {
  const offers = state.threads.flatMap((_, thread) => offersOf(scope, state, thread));
  const found: Transition[] = [];
  // Threads at a select with a case that needs no partner: they don't take its default.
  const ready = new Set<number>();
  for (const offer of offers) {
    const transitions = communicateAlone(scope, state, offer);
    if (offer.channel !== undefined && transitions.length > 0) ready.add(offer.thread);
    found.push(...transitions);
  }
  // Two can only meet where one of them was already waiting.
  const mayWait = (offer: Offer): boolean => !ready.has(offer.thread) && !offer.hasDefault;
  for (const offer of offers)
    for (const receiver of receiversOf(state, offer, offers))
      if (mayWait(offer) || mayWait(receiver))
        found.push(moved(scope, state, [offer, receiver], undefined));
  for (const thread of state.threads.keys())
    found.push(...alone(scope, state, thread, ready.has(thread)));
  return found;
}

function offersOf(scope: Scope, state: State, thread: number): Offer[] {
  const frame = topFrame(state, thread);
  if (!frame) return [];
  const end = terminatorAt(scope, frame);
  const hasDefault = end?.kind === "select" && end.otherwise !== undefined;
  const offer = (operation: Offer["operation"], choice?: SelectCase): Offer => {
    // To wait for it alone is meant; beside others it is the case that never comes.
    if (choice && isDoneOfRoot(scope, state, frame, operation.channel))
      return { thread, operation, channel: "nil", frame, choice, hasDefault };
    const object = ownedObject(scope, state, frame, operation.channel);
    const channel =
      object?.kind === "channel" ? object.id : object?.kind === "nil" ? "nil" : undefined;
    return { thread, operation, channel, frame, choice, hasDefault };
  };
  const operation = operationAt(scope, frame);
  if (operation?.kind === "send" || operation?.kind === "receive") return [offer(operation)];
  return end?.kind === "select" ? end.cases.map((choice) => offer(choice.operation, choice)) : [];
}

function topFrame(state: State, thread: number): Frame | undefined {
  const at = invariant(state.threads[thread], "the thread exists");
  return at.status === "ready" ? at.frames.at(-1) : undefined;
}

/** What needs no partner: a buffer, or a channel that is closed. */
function communicateAlone(scope: Scope, state: State, offer: Offer): Transition[] {
  const { channel, operation, thread } = offer;
  if (channel === "nil") return [];
  if (channel === undefined) return [moved(scope, state, [offer], undefined)];
  const { capacity, length, isClosed } = invariant(
    state.channels.get(channel),
    "an owned channel exists",
  );
  if (operation.kind === "send") {
    if (isClosed)
      return [
        {
          ...moved(scope, state, [offer], undefined),
          crash: { thread, operation, file: fileOf(scope, offer.frame) },
        },
      ];
    return length < capacity ? [moved(scope, state, [offer], { length: length + 1 })] : [];
  }
  if (length > 0) return [moved(scope, state, [offer], { length: length - 1 })];
  return isClosed ? [moved(scope, state, [offer], undefined, true)] : [];
}

/** The offers to receive what a sender without a buffer offers. */
function receiversOf(
  state: State,
  { channel, operation, thread }: Offer,
  offers: readonly Offer[],
): readonly Offer[] {
  const at = channel === undefined ? undefined : state.channels.get(channel);
  if (operation.kind !== "send" || !at || at.isClosed || at.capacity > 0) return [];
  return offers.filter(
    (other) =>
      other.thread !== thread && other.channel === channel && other.operation.kind === "receive",
  );
}

function moved(
  scope: Scope,
  state: State,
  offers: readonly Offer[],
  change: Partial<ChannelState> | undefined,
  isClosed = false,
): Transition {
  let next = copyState(state);
  const events: Event[] = [];
  for (const { thread, operation, channel, frame, choice } of offers) {
    if (change && channel !== undefined) {
      const before = invariant(next.channels.get(channel), "an owned channel exists");
      next.channels.set(channel, { ...before, ...change });
    }
    next = choice ? movedTo(next, thread, choice.to, 0) : afterOperation(next, thread);
    if (operation.kind === "receive")
      tellOk(scope, next, frame, operation, channel === undefined ? undefined : !isClosed);
    if (operation.kind === "receive" && operation.isRange) {
      next = withFrame(next, thread, {
        received: channel === undefined ? undefined : isClosed ? "closed" : "value",
      });
    }
    const verb =
      operation.kind === "send" ? "sends on" : isClosed ? "sees closed" : "receives from";
    const told = event(scope, thread, frame, operation, `${verb} ${operation.channel.text}`);
    const isOutside = choice !== undefined && channel === undefined && !isTime(operation.channel);
    events.push({ ...told, isOutside });
  }
  return { movers: offers.map(({ thread }) => thread), state: next, events, crash: undefined };
}

/** `time.After(d)`, `timer.C`: comes by itself. */
function isTime({ root, steps }: AccessPath): boolean {
  const last = steps.at(-1);
  return last ? last.kind === "field" && last.name === "C" : root.kind === "site";
}

function event(
  scope: Scope,
  thread: number,
  frame: Frame,
  { at }: Pick<Operation, "at">,
  action: string,
): Event {
  return {
    thread,
    file: fileOf(scope, frame),
    at,
    action,
  };
}

function fileOf(scope: Scope, frame: Frame): string {
  return invariant(scope.model(frame.function), "a frame has a model").file;
}

/** Operations that need no partner: close, counters, locks, the default of a select unless a case is ready. */
function alone(scope: Scope, state: State, thread: number, isReady: boolean): Transition[] {
  const frame = topFrame(state, thread);
  if (!frame) return [];
  const operation = operationAt(scope, frame);
  const single = (
    next: State,
    action: string | undefined,
    crashing?: Crash["operation"],
  ): Transition => {
    const events =
      action === undefined || !operation ? [] : [event(scope, thread, frame, operation, action)];
    const crash = crashing && { thread, operation: crashing, file: fileOf(scope, frame) };
    return { movers: [thread], state: next, events, crash };
  };
  if (!operation) {
    const end = terminatorAt(scope, frame);
    if (end?.kind === "branch") return firstOrNot(scope, state, thread, end);
    if (end?.kind !== "select" || end.otherwise === undefined) return [];
    if (isReady) return [];
    return [single(withFrame(state, thread, { block: end.otherwise, index: 0 }), undefined)];
  }
  const subject = subjectOf(operation);
  const object = subject && ownedObject(scope, state, frame, subject);
  if (operation.kind === "send" || operation.kind === "receive" || !subject) return [];
  const next = copyState(afterOperation(state, thread));
  if (object?.kind === "nil" && operation.kind === "close")
    return [single(next, `closes ${subject.text}, which is nil`, operation)];
  if (!object || object.kind === "nil" || object.kind === "closure")
    return [single(next, undefined)];
  switch (operation.kind) {
    case "close": {
      const channel = invariant(next.channels.get(object.id), "an owned channel exists");
      next.channels.set(object.id, { ...channel, isClosed: true });
      return [single(next, `closes ${subject.text}`, channel.isClosed ? operation : undefined)];
    }
    case "cancel":
      for (const [id, channel] of next.channels)
        if (id === object.id || id.startsWith(`${object.id}&`))
          next.channels.set(id, { ...channel, isClosed: true });
      return [single(next, `calls ${subject.text}`)];
    case "add": {
      const { bound } = operation;
      const delta =
        operation.delta ?? (bound === undefined ? undefined : countOf(scope, state, frame, bound));
      if (delta === undefined) return [unknownCount(next, object.id, single)];
      countGroup(next, object.id, delta);
      const isNegative = (next.groups.get(object.id)?.count ?? 0) < 0;
      const action = `${subject.text} counts ${delta > 0 ? "up" : "down"}`;
      return [single(next, action, isNegative ? operation : undefined)];
    }
    case "wait":
      return (state.groups.get(object.id)?.count ?? 0) <= 0
        ? [single(next, `${subject.text} is done`)]
        : [];
    case "acquire":
      return acquire(scope, state, thread, object.id, operation);
    case "release": {
      const lock = invariant(next.locks.get(object.id), "an owned lock exists");
      const change =
        operation.mode === "write" ? { writers: 0 } : { readers: Math.max(0, lock.readers - 1) };
      next.locks.set(object.id, { ...lock, ...change });
      return [single(next, `unlocks ${subject.text}`)];
    }
    default:
      return [single(next, undefined)];
  }
}

/** What `g.Add(n)` adds: also `-1`, which the Done of a struct around a WaitGroup may give to its Add. */
function countOf(scope: Scope, state: State, frame: Frame, bound: string): number | undefined {
  const held = scope.constantOf(state, frame, bound);
  return held !== undefined && /^-\d+$/.test(held) ? Number(held) : scope.size(state, frame, bound);
}

/** `once.Do(f)`: whoever comes first does it. That others wait for the end of it is left out. */
function firstOrNot(
  scope: Scope,
  state: State,
  thread: number,
  end: Extract<Terminator, { kind: "branch" }>,
): Transition[] {
  const frame = invariant(topFrame(state, thread), "a thread at a branch has a frame");
  const goTo = (block: number): State => movedTo(state, thread, block, 0);
  const id = onceAt(scope, state, frame, end);
  const once = id === undefined ? undefined : state.locks.get(id);
  const to = (next: State): Transition => {
    return { movers: [thread], state: next, events: [], crash: undefined };
  };
  // Somebody else has come by it since.
  if (id === undefined || !once) return [to(goTo(end.then)), to(goTo(end.otherwise))];
  const next = copyState(goTo(once.readers === 0 ? end.then : end.otherwise));
  next.locks.set(id, { ...once, readers: 1 });
  return [to(next)];
}

/** `wg.Add(n)` with an unknown n: the group can't be followed any more. */
function unknownCount(
  next: State,
  id: string,
  single: (next: State, action: string | undefined) => Transition,
): Transition {
  next.groups.set(id, { count: 0, isEscaped: true });
  next.isUnordered = true;
  return single(next, undefined);
}

/**
 * Who asks to write while others read waits for them, and from then on those who ask to read wait for him: the asking is a step of
 * its own, in which nobody moves on.
 */
function acquire(
  scope: Scope,
  state: State,
  thread: number,
  id: string,
  operation: OperationOf<"acquire">,
): Transition[] {
  const frame = invariant(topFrame(state, thread), "who acquires has a frame");
  const { awaitedBy, ...lock } = invariant(state.locks.get(id), "an owned lock exists");
  if (lock.writers > 0) return [];
  if (awaitedBy !== undefined && awaitedBy !== thread) return [];
  const { mode } = operation;
  if (mode === "write" && lock.readers > 0) {
    if (awaitedBy === thread || operation.object !== "rwmutex") return [];
    const asked = copyState(state);
    asked.locks.set(id, { ...lock, awaitedBy: thread });
    return [{ movers: [], state: asked, events: [], crash: undefined }];
  }
  const next = copyState(afterOperation(state, thread));
  const change = mode === "write" ? { writers: 1 } : { readers: lock.readers + 1 };
  next.locks.set(id, { ...lock, ...change });
  const events = [event(scope, thread, frame, operation, `locks ${operation.lock.text}`)];
  return [{ movers: [thread], state: next, events, crash: undefined }];
}
