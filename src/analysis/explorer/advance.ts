import { assertNever, invariant } from "../../core/invariant.ts";
import type { Condition, FunctionModel, Terminator } from "../../model/function.ts";
import type { Callee, Operation, OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { constructs } from "../makers.ts";
import { detourAt, meetingPoints } from "./detours.ts";
import type { Scope } from "./scope.ts";
import type { SharedMap } from "./shared-map.ts";
import {
  contentOf,
  copyState,
  type Event,
  type Frame,
  type Reference,
  type State,
  type Thread,
} from "./state.ts";

/** What a budget counts; all of them are sizes, never time. */
export const LIMITS = {
  states: 1000,
  /** States that wait for their turn. A search that has more of them hardly ever comes to an end. */
  waiting: 120,
  /** Steps of all threads together. */
  steps: 3000,
  /** Steps of one thread between two operations that others can see. */
  stretch: 800,
  /** Threads of one scope, ended ones included. */
  threads: 6,
  /** Frames of one thread. */
  depth: 5,
  /** Passes of a loop whose bound is shared with another loop. */
  passes: 2,
} as const;

/** Detours that are passed at once: in a loop of them one comes round again. */
const MOST_DETOURS = 50;

export interface Outcome {
  readonly state: State;
  readonly events: readonly Event[];
  /** What was assumed about data on the way, in order. */
  readonly assumptions: readonly Assumption[];
}

/** A branch that depends on data which the scope does not show: where it stands, and which way it was taken. */
export interface Assumption {
  readonly branch: string;
  readonly side: number;
  /** To be expected: that there is something to loop over. */
  readonly isUsual?: boolean;
}

/**
 * Runs one thread through everything that the others cannot see, up to its next visible operation or its end. Branches whose
 * outcome is open give several outcomes. The first visible operation of every thread is then in front of it.
 */
export function advance(
  scope: Scope,
  start: State,
  thread: number,
  events: readonly Event[] = [],
  assumptions: readonly Assumption[] = [],
): Outcome[] {
  const outcomes: Walk[] = [];
  const merged: Merge[] = [];
  const waiting: Walk[] = [{ state: start, events, assumptions, passed: undefined }];
  const seen = new Map<string, readonly Assumption[]>();
  let steps = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const state = pastIdle(scope, next.state, thread);
    const at = invariant(state.threads[thread], "an advanced thread exists");
    const frame = at.frames.at(-1);
    const isEnd = at.status !== "ready" || !frame || isVisible(scope, state, frame);
    let { passed } = next;
    if (isEnd || isWhereWaysMeet(scope, state, thread)) {
      const key = `${at.status} ${contentOf(state)} ${at.frames.map(positionOf).join("/")}`;
      const before = seen.get(key);
      if (before) {
        if (!covers(before, next.assumptions)) merged.push({ key, assumptions: next.assumptions });
        continue;
      }
      seen.set(key, next.assumptions);
      passed = { key, assumed: next.assumptions.length, before: next.passed };
    }
    if (isEnd) {
      outcomes.push({ ...next, state, passed });
      continue;
    }
    if (++steps > LIMITS.stretch) scope.giveUp();
    if (!scope.spend()) return [];
    for (const after of step(scope, { ...next, state }, thread, frame))
      waiting.push({ ...after, passed });
  }
  // It goes round and round by itself: what it does there is not followed.
  if (outcomes.length === 0) return [lose({ state: start, events, assumptions }, thread)];
  return [...outcomes, ...merged.flatMap((merge) => outcomesAfter(outcomes, merge))];
}

/** At the head of a block that several others lead to, or leaving a function. */
function isWhereWaysMeet(scope: Scope, state: State, thread: number): boolean {
  const frame = state.threads[thread]?.frames.at(-1);
  if (!frame || frame.pending.length > 0) return false;
  if (frame.leaving) return true;
  if (frame.index !== 0) return false;
  const model = invariant(scope.model(frame.function), "a frame has a model");
  return meetingPoints(model).has(frame.block);
}

/** A way that is being followed, and the places that it passed, last first. */
interface Walk extends Outcome {
  readonly passed: Passed | undefined;
}

interface Passed {
  readonly key: string;
  /** How many assumptions had been made there. */
  readonly assumed: number;
  readonly before: Passed | undefined;
}

/** A way that came to a place where another had been before, on other assumptions. */
interface Merge {
  readonly key: string;
  readonly assumptions: readonly Assumption[];
}

/** Whether what was assumed on one way speaks of all the branches of another: then both are its sides. */
function covers(known: readonly Assumption[], other: readonly Assumption[]): boolean {
  return other.every(({ branch }) => known.some((one) => one.branch === branch));
}

/** Where the first way led from the place on, on the assumptions of the second. */
function outcomesAfter(outcomes: readonly Walk[], { key, assumptions }: Merge): Outcome[] {
  return outcomes.flatMap((outcome) => {
    let at = outcome.passed;
    while (at && at.key !== key) at = at.before;
    return at
      ? [{ ...outcome, assumptions: [...assumptions, ...outcome.assumptions.slice(at.assumed)] }]
      : [];
  });
}

/** Where a frame is. Which `return` a call is leaving by does not matter to its caller. */
function positionOf(frame: Frame, depth: number): string {
  const { key, block, index, pending, deferred, leaving, passes, received } = frame;
  const waiting = `${pending.length}.${deferred.length}`;
  if (leaving && depth > 0) return `${key}:${leaving}.${waiting}`;
  const counted = Object.values(passes).join();
  return `${key}:${block}.${index}.${waiting}.${leaving}.${counted}.${received}`;
}

/** Past operations and branches that change nothing that the search keeps: most of a program. */
function pastIdle(scope: Scope, state: State, thread: number): State {
  const frame = state.threads[thread]?.frames.at(-1);
  if (!frame || frame.leaving || frame.pending.length > 0) return state;
  const model = invariant(scope.model(frame.function), "a frame has a model");
  let { block, index } = frame;
  for (let left = MOST_DETOURS; left > 0; left--) {
    const { operations } = invariant(model.blocks[block], "a block id is an index");
    for (
      let next = operations[index];
      next && isIdle(scope, state, frame, next);
      next = operations[index]
    ) {
      index++;
    }
    if (index < operations.length) break;
    const detour = detourAt(model, block, (condition) =>
      scope.isRepeated(frame.function, condition),
    );
    if (!detour?.operations.every((operation) => isIdle(scope, state, frame, operation))) break;
    block = detour.join;
    index = 0;
  }
  const isSame = index === frame.index && block === frame.block;
  return isSame ? state : withFrame(state, thread, { block, index });
}

function isIdle(scope: Scope, state: State, frame: Frame, operation: Operation): boolean {
  switch (operation.kind) {
    case "make":
    case "spawn":
    case "defer":
      return false;
    case "assign":
      return isForgettable(scope, state, frame, operation.target, operation.value);
    case "write":
      return isForgettable(scope, state, frame, operation.path, operation.value);
    case "escape":
      return scope.reference(state, frame, operation.value) === undefined;
    case "call": {
      const { callee, results } = operation;
      if (callee.kind === "static" && scope.program.header(callee.function)?.enclosing)
        return false;
      if (callee.kind === "dynamic" && callee.through === "value") return false;
      const unknown: Value = { kind: "unknown" };
      if (isOnce(callee)) return true;
      if (madeContext(callee) && !scope.isPlain) return false;
      return (
        argumentsOf(operation).every((value) => !scope.reference(state, frame, value)) &&
        !makesResult(scope, operation) &&
        results.every((path) => !path || isForgettable(scope, state, frame, path, unknown))
      );
    }
    default: {
      const subject = subjectOf(operation);
      if (!subject) return true;
      if (isConditionWait(operation)) return state.locks.size === 0;
      return (
        !(operation.kind === "receive" && operation.isRange) &&
        !ownedObject(scope, state, frame, subject)
      );
    }
  }
}

/** Whether an assignment neither names an object nor touches what was remembered. */
function isForgettable(
  scope: Scope,
  state: State,
  frame: Frame,
  target: AccessPath,
  value: Value,
): boolean {
  if (scope.reference(state, frame, value)) return false;
  const key = scope.placeKey(state, frame, target);
  if (key !== undefined && state.store.has(key)) return false;
  const written = pathKey(target);
  for (const { reads } of state.facts.values()) {
    if (
      written === undefined ||
      reads.some((read) => read === written || read.startsWith(`${written}.`))
    )
      return false;
  }
  return true;
}

/** The operation in front of a frame; undefined at the end of its block. */
export function operationAt(scope: Scope, frame: Frame): Operation | undefined {
  if (frame.pending.length > 0) return frame.pending[0];
  return frame.leaving ? undefined : blockOf(scope, frame).operations[frame.index];
}

/** How the frame's block ends, where all its operations are done; undefined while leaving. */
export function terminatorAt(scope: Scope, frame: Frame): Terminator | undefined {
  if (frame.leaving || operationAt(scope, frame)) return undefined;
  return blockOf(scope, frame).end;
}

function blockOf(scope: Scope, frame: Frame): FunctionModel["blocks"][number] {
  const model = invariant(scope.model(frame.function), "a frame has a model");
  return invariant(model.blocks[frame.block], "a block id is an index");
}

/** The object that can make a thread wait or that others see change; undefined for what the scope does not own. */
export function ownedObject(
  scope: Scope,
  state: State,
  frame: Frame,
  path: AccessPath,
): Reference | undefined {
  const owned = referenceOfOwned(scope, state, frame, path);
  if (!owned) scope.overlook();
  return owned;
}

function referenceOfOwned(
  scope: Scope,
  state: State,
  frame: Frame,
  path: AccessPath,
): Reference | undefined {
  const reference = scope.referenceOfPath(state, frame, path);
  if (reference === undefined || reference.kind === "closure" || reference.kind === "struct")
    return undefined;
  // Who cancels a context does so whoever else may.
  if (reference.kind === "context" || reference.kind === "cancel")
    return { kind: "channel", id: reference.id };
  if (reference.kind === "nil") return reference;
  const { id, kind } = reference;
  // What is closed stays closed, whoever has it.
  if (kind === "channel" && state.channels.get(id)?.isClosed) return reference;
  const map = kind === "channel" ? state.channels : kind === "group" ? state.groups : state.locks;
  return map.get(id)?.isEscaped === false ? reference : undefined;
}

/** The path whose object a visible operation works on. */
export function subjectOf(operation: Operation): AccessPath | undefined {
  switch (operation.kind) {
    case "send":
    case "receive":
    case "close":
      return operation.channel;
    case "cancel":
      return operation.by ?? operation.context;
    case "acquire":
    case "release":
      return operation.lock;
    case "add":
      return operation.group;
    case "wait":
      return operation.on;
    default:
      return undefined;
  }
}

function isVisible(scope: Scope, state: State, frame: Frame): boolean {
  const operation = operationAt(scope, frame);
  if (operation) {
    const subject = subjectOf(operation);
    return subject !== undefined && ownedObject(scope, state, frame, subject) !== undefined;
  }
  const end = terminatorAt(scope, frame);
  return (
    end?.kind === "stuck" ||
    end?.kind === "select" ||
    (end?.kind === "branch" && onceAt(scope, state, frame, end) !== undefined)
  );
}

/** The `sync.Once` whose first call a branch is about; undefined for what the scope does not own. */
export function onceAt(
  scope: Scope,
  state: State,
  frame: Frame,
  { condition }: Extract<Terminator, { kind: "branch" }>,
): string | undefined {
  if (!condition?.isFirst) return undefined;
  const once = ownedObject(scope, state, frame, condition.isFirst);
  return once?.kind === "lock" ? once.id : undefined;
}

/** What `v, ok := <-c` says: a value came, or the channel is closed. Changes `state`. */
export function tellOk(
  scope: Scope,
  state: State,
  frame: Frame,
  { ok }: OperationOf<"receive">,
  received: boolean | undefined,
): void {
  if (ok?.root.kind !== "variable" || ok.steps.length > 0) return;
  const { variable } = ok.root;
  const key = variable.isReassigned ? undefined : scope.storeKey(frame, variable);
  if (key === undefined) return;
  if (received === undefined) state.values.delete(key);
  else state.values.set(key, String(received));
}

/** The thread with its innermost frame replaced; all else is shared with the state before. */
export function withFrame(state: State, thread: number, change: Partial<Frame>): State {
  const at = invariant(state.threads[thread], "the thread exists");
  const top = invariant(at.frames.at(-1), "a running thread has a frame");
  const frames = at.frames.slice();
  frames[frames.length - 1] = { ...top, ...change };
  const threads = state.threads.slice();
  threads[thread] = { ...at, frames };
  return { ...state, threads };
}

/** Past the operation in front. */
export function afterOperation(state: State, thread: number): State {
  const frame = invariant(state.threads[thread]?.frames.at(-1), "a running thread has a frame");
  if (frame.pending.length > 0)
    return withFrame(state, thread, { pending: frame.pending.slice(1) });
  return withFrame(state, thread, { index: frame.index + 1 });
}

function lose(outcome: Outcome, thread: number, status: "lost" | "crashed" = "lost"): Outcome {
  const { state } = outcome;
  const lost = copyState(state);
  lost.threads[thread] = {
    ...invariant(state.threads[thread], "the thread exists"),
    status,
  };
  return { ...outcome, state: lost };
}

function step(scope: Scope, outcome: Outcome, thread: number, frame: Frame): Outcome[] {
  const operation = operationAt(scope, frame);
  if (operation) return perform(scope, outcome, thread, frame, operation);
  const end = terminatorAt(scope, frame);
  return end
    ? leaveBlock(scope, outcome, thread, frame, end)
    : leaveFrame(scope, outcome, thread, frame);
}

function perform(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  operation: Operation,
): Outcome[] {
  const moved = afterOperation(outcome.state, thread);
  // Most operations move the thread on, and change nothing.
  const state = CHANGING.has(operation.kind) ? copyState(moved) : moved;
  const same = [{ ...outcome, state }];
  switch (operation.kind) {
    case "make":
      return [make(scope, { ...outcome, state }, frame, operation)];
    case "assign":
      assign(scope, state, frame, operation.target, scope.reference(state, frame, operation.value));
      return same;
    case "write":
      assign(scope, state, frame, operation.path, scope.reference(state, frame, operation.value));
      return same;
    case "escape":
      scope.escape(state, scope.reference(state, frame, operation.value));
      return same;
    case "spawn":
      return [spawn(scope, { ...outcome, state }, thread, frame, operation)];
    case "call":
      return [call(scope, { ...outcome, state }, thread, frame, operation)];
    case "defer": {
      const deferred = [...frame.deferred, operation.operations];
      return [{ ...outcome, state: withFrame(state, thread, { deferred }) }];
    }
    case "receive":
      // On a channel from outside: anything may come.
      tellOk(scope, state, frame, operation, undefined);
      if (operation.isRange)
        return [{ ...outcome, state: withFrame(state, thread, { received: undefined }) }];
      return same;
    case "wait":
      return isConditionWait(operation) ? [lose({ ...outcome, state }, thread)] : same;
    default:
      return same;
  }
}

/** It releases a lock and waits for a signal, neither of which is followed. */
function isConditionWait(operation: Operation): boolean {
  return operation.kind === "wait" && operation.object === "condition";
}

const CHANGING: ReadonlySet<Operation["kind"]> = new Set([
  "make",
  "assign",
  "write",
  "escape",
  "spawn",
  "call",
  "defer",
]);

function make(
  scope: Scope,
  outcome: Outcome,
  frame: Frame,
  operation: OperationOf<"make">,
): Outcome {
  const { path, object, capacity } = operation;
  const { state } = outcome;
  const key = scope.placeKey(state, frame, path);
  if (key === undefined) return outcome;
  const site = `${frame.key}@${operation.at.start}`;
  const nth = (state.sites.get(site) ?? 0) + 1;
  state.sites.set(site, nth);
  const id = `${site}#${nth}`;
  if (object === "waitgroup" || object === "errgroup") {
    state.groups.set(id, { count: 0, isEscaped: false });
    state.store.set(key, { kind: "group", id });
  } else if (object === "mutex" || object === "rwmutex") {
    state.locks.set(id, { writers: 0, readers: 0, isEscaped: false });
    state.store.set(key, { kind: "lock", id });
  } else if (object === "once") {
    state.locks.set(id, { writers: 0, readers: 0, isEscaped: false });
    state.store.set(key, { kind: "lock", id });
  } else if (object === "struct" && !scope.isPlain) {
    const made = { kind: "struct" as const, id, type: operation.type };
    for (const field of operation.nilFields ?? [])
      state.store.set(`${id}.${field}`, { kind: "nil" });
    state.store.set(id, made);
    state.store.set(key, made);
  } else if (object === "channel") {
    const size = capacityOf(scope, state, frame, capacity);
    const isEscaped = size === undefined;
    state.channels.set(id, { capacity: size ?? 0, length: 0, isClosed: false, isEscaped });
    state.store.set(key, { kind: "channel", id });
  }
  return outcome;
}

function makesResult({ isPlain, program }: Scope, operation: OperationOf<"call">): boolean {
  return !isPlain && constructs(program, operation);
}

/** Whether a callee may do something with an argument that others notice. */
function mattersToCallee(scope: Scope, state: State, frame: Frame, value: Value): boolean {
  const given = scope.reference(state, frame, value);
  if (given === undefined || given.kind === "nil") return false;
  return given.kind !== "context" || state.channels.get(given.id)?.isEscaped === false;
}

/** `once.Do(f)`: the branch that follows says whether f runs. */
function isOnce(callee: Callee): boolean {
  return callee.kind === "external" && callee.name === "sync.Once.Do";
}

/** Whether a call yields a context, and how that ends: by being cancelled alone, or also by itself. */
function madeContext(callee: Callee): "root" | "cancelled" | "timed" | undefined {
  return callee.kind === "external" && Object.hasOwn(CONTEXTS, callee.name)
    ? CONTEXTS[callee.name]
    : undefined;
}

const CONTEXTS: Readonly<Record<string, "root" | "cancelled" | "timed">> = {
  "context.Background": "root",
  "context.TODO": "root",
  "context.WithCancel": "cancelled",
  "context.WithCancelCause": "cancelled",
  "context.WithTimeout": "timed",
  "context.WithTimeoutCause": "timed",
  "context.WithDeadline": "timed",
  "context.WithDeadlineCause": "timed",
};

/** The id of a context begins with that of its parent, with which it is cancelled. */
function makeContext(
  scope: Scope,
  state: State,
  frame: Frame,
  { arguments: [parent], results: [context, cancel], at }: OperationOf<"call">,
  how: "root" | "cancelled" | "timed",
): void {
  const from = parent && scope.reference(state, frame, parent);
  const inherited = from?.kind === "context" ? state.channels.get(from.id) : undefined;
  const isFree = parent?.kind === "constant" || (from?.kind === "context" && !inherited);
  const site = `${frame.key}@${at.start}`;
  const nth = (state.sites.get(site) ?? 0) + 1;
  state.sites.set(site, nth);
  const id = `${from?.kind === "context" ? `${from.id}&` : ""}${site}#${nth}`;
  // A root has no channel: to wait for it is no fault of its own.
  if (how !== "root")
    state.channels.set(id, {
      capacity: 0,
      length: 0,
      isClosed: inherited?.isClosed ?? false,
      isEscaped: how === "timed" || (inherited ? inherited.isEscaped : !isFree),
    });
  if (context) assign(scope, state, frame, context, { kind: "context", id });
  if (cancel) assign(scope, state, frame, cancel, { kind: "cancel", id });
}

/**
 * The size of a buffer; undefined where nothing is known. `make(chan T, len(items))` is taken to be large enough: whoever
 * computes a size has counted the sends.
 */
function capacityOf(
  scope: Scope,
  state: State,
  frame: Frame,
  capacity: OperationOf<"make">["capacity"],
): number | undefined {
  if (!capacity || capacity.kind === "unknown") return undefined;
  if (capacity.kind === "known") return capacity.value;
  return scope.size(state, frame, capacity.text) ?? Number.MAX_SAFE_INTEGER;
}

/** A name for a value; what is stored elsewhere than in a variable of the scope escapes. */
function assign(
  scope: Scope,
  state: State,
  frame: Frame,
  target: AccessPath,
  value: Reference | undefined,
): void {
  forget(state, target);
  const key = scope.placeKey(state, frame, target);
  if (isDeferred(state, target)) {
    scope.escape(state, scope.referenceOfPath(state, frame, target));
    scope.escape(state, value);
  }
  if (key === undefined) scope.escape(state, value);
  else if (value === undefined) state.store.delete(key);
  else state.store.set(key, value);
}

/** What is deferred was evaluated before: of a name that gets another value since then nothing is concluded. */
function isDeferred({ threads }: State, { root, steps }: AccessPath): boolean {
  if (root.kind !== "variable" || steps.length > 0) return false;
  const isAbout = (operation: Operation): boolean => {
    const subject = subjectOf(operation)?.root;
    return subject?.kind === "variable" && subject.variable.id === root.variable.id;
  };
  return threads.some(({ frames }) =>
    frames.some(({ deferred }) => deferred.some((operations) => operations.some(isAbout))),
  );
}

/** What was written is no longer what a condition saw. */
function forget(state: State, target: AccessPath): void {
  const written = pathKey(target);
  for (const [key, { reads }] of state.facts) {
    if (
      written === undefined ||
      reads.some((read) => read === written || read.startsWith(`${written}.`))
    ) {
      state.facts.delete(key);
    }
  }
}

interface Followed {
  readonly model: FunctionModel;
  /** Whose method it is, where the value that is called says so. */
  readonly self?: Reference;
  /** The frame in which a closure was made. */
  readonly outer: string | undefined;
}

/** The function that is called, where it is one and its text is here. */
function follow(scope: Scope, state: State, frame: Frame, callee: Callee): Followed | undefined {
  if (callee.kind !== "static" && callee.kind !== "dynamic") return undefined;
  const value =
    callee.kind === "dynamic" && callee.receiver
      ? scope.reference(state, frame, callee.receiver)
      : undefined;
  if (callee.kind === "dynamic" && callee.through === "value" && value?.kind === "closure") {
    const closure = scope.model(value.function);
    if (!closure || closure.isDamaged) return undefined;
    const followed = { model: closure, outer: value.frame };
    return value.self ? { ...followed, self: value.self } : followed;
  }
  if (callee.kind === "dynamic" && callee.through === "interface" && value?.kind === "struct") {
    const method = methodOf(scope, value.type, callee.candidates);
    if (method) return { model: method, outer: undefined };
  }
  const only = callee.kind === "dynamic" && callee.isComplete && callee.candidates.length === 1;
  const id = callee.kind === "static" ? callee.function : only ? callee.candidates[0] : undefined;
  const model = id === undefined ? undefined : scope.model(id);
  if (!model || model.isDamaged) return undefined;
  if (model.enclosing === undefined) return { model, outer: undefined };
  return { model, outer: frameOfClosure(scope, state, frame, model) };
}

/** The one of the candidates that belongs to a type. */
function methodOf(
  scope: Scope,
  type: string | undefined,
  candidates: readonly string[],
): FunctionModel | undefined {
  const own = candidates.filter((id) => {
    const name = scope.program.header(id)?.name ?? "";
    return name.startsWith(`(*${type}).`) || name.startsWith(`${type}.`);
  });
  const [only] = own;
  const model = only === undefined || own.length > 1 ? undefined : scope.model(only);
  return model?.isDamaged ? undefined : model;
}

/** The nearest frame on this chain that runs the function in which the closure is written; else the one that a variable tells. */
function frameOfClosure(
  scope: Scope,
  state: State,
  frame: Frame,
  closure: FunctionModel,
): string | undefined {
  const running = scope.frameRunning(frame.key, closure.enclosing);
  if (running !== undefined) return running;
  for (const reference of state.store.values()) {
    if (reference.kind === "closure" && reference.function === closure.id) return reference.frame;
  }
  return undefined;
}

function spawn(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  operation: OperationOf<"spawn">,
): Outcome {
  const { state } = outcome;
  const followed = follow(scope, state, frame, operation.callee);
  const file = fileOf(scope, frame);
  if (operation.group) addToGroup(scope, state, frame, operation.group, 1);
  if (!followed || state.threads.length >= LIMITS.threads) {
    escapeArguments(scope, state, frame, operation);
    if (followed) return lose(outcome, thread);
    return outcome;
  }
  const site = `${frame.key}>${operation.at.start}`;
  const nth = (state.sites.get(site) ?? 0) + 1;
  state.sites.set(site, nth);
  const child = newFrame(`${site}#${nth}`, followed.model, []);
  scope.enter(child.key, { function: followed.model.id, outer: followed.outer });
  bindArguments(scope, state, frame, child, followed, operation);
  keepCaptured(scope, state, child, followed);
  const group = operation.group && scope.referenceOfPath(state, frame, operation.group);
  const started: Thread = {
    startedAt: { file, ...operation.at },
    status: "ready",
    joins: group?.kind === "group" ? group.id : undefined,
    frames: [child],
  };
  state.threads.push(started);
  const events = [
    ...outcome.events,
    { thread, file, at: operation.at, action: `starts goroutine ${state.threads.length - 1}` },
  ];
  return { ...outcome, state, events };
}

/**
 * What a goroutine captures stays as it is, where nothing assigns it again: a variable of a loop's body is another one in the next
 * pass.
 */
function keepCaptured(scope: Scope, state: State, child: Frame, { model, outer }: Followed): void {
  if (outer === undefined) return;
  for (const variable of scope.captured(model.id)) {
    const held = variable.isReassigned
      ? undefined
      : scope.heldBy(state, { key: outer }, variable.id);
    if (held) state.store.set(`${child.key}:${variable.id}`, held);
  }
}

function addToGroup(
  scope: Scope,
  state: State,
  frame: Frame,
  path: AccessPath,
  delta: number,
): void {
  const group = scope.referenceOfPath(state, frame, path);
  if (group?.kind === "group") countGroup(state, group.id, delta);
}

/** Changes a WaitGroup's counter, in place. */
export function countGroup(state: State, id: string, delta: number): void {
  const { count, isEscaped } = invariant(
    state.groups.get(id),
    "a reference is made with its object",
  );
  state.groups.set(id, { count: count + delta, isEscaped });
}

function call(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  operation: OperationOf<"call">,
): Outcome {
  const { state } = outcome;
  const context = madeContext(operation.callee);
  if (context && !scope.isPlain) {
    makeContext(scope, state, frame, operation, context);
    return outcome;
  }
  const followed = follow(scope, state, frame, operation.callee);
  const isOwn = followed?.model.enclosing !== undefined;
  const isIdleCall =
    argumentsOf(operation).every((value) => !mattersToCallee(scope, state, frame, value)) &&
    !makesResult(scope, operation);
  if (!isOwn && isIdleCall) {
    for (const result of operation.results)
      if (result) assign(scope, state, frame, result, undefined);
    return outcome;
  }
  const { frames } = invariant(state.threads[thread], "the thread exists");
  const isRecursive = frames.some((other) => other.function === followed?.model.id);
  if (!followed || isRecursive || frames.length >= LIMITS.depth) {
    escapeArguments(scope, state, frame, operation);
    return followed ? lose(outcome, thread) : outcome;
  }
  const results = operation.results.map((path) =>
    path ? scope.placeKey(state, frame, path) : undefined,
  );
  const variables = operation.results.map((path) =>
    path?.root.kind === "variable" && path.steps.length === 0 ? path.root.variable : undefined,
  );
  const child = newFrame(`${frame.key}/${operation.at.start}`, followed.model, results, variables);
  scope.enter(child.key, { function: followed.model.id, outer: followed.outer });
  bindArguments(scope, state, frame, child, followed, operation);
  const called = copyState(state);
  const at = invariant(state.threads[thread], "the thread exists");
  called.threads[thread] = { ...at, frames: [...at.frames, child] };
  return { ...outcome, state: called };
}

export function newFrame(
  key: string,
  model: FunctionModel,
  results: Frame["results"],
  variables: Frame["variables"] = [],
): Frame {
  return {
    key,
    function: model.id,
    block: 0,
    index: 0,
    deferred: [],
    pending: [],
    leaving: undefined,
    passes: {},
    received: undefined,
    results,
    variables,
  };
}

type Invocation = OperationOf<"call"> | OperationOf<"spawn">;

function argumentsOf({ callee, arguments: values }: Invocation): readonly Value[] {
  return callee.kind !== "unknown" && callee.receiver ? [callee.receiver, ...values] : values;
}

function escapeArguments(scope: Scope, state: State, frame: Frame, invocation: Invocation): void {
  for (const value of argumentsOf(invocation))
    scope.escape(state, scope.reference(state, frame, value));
}

/** Parameters hold what is passed. What goes into the slice of a variadic one escapes. */
function bindArguments(
  scope: Scope,
  state: State,
  frame: Frame,
  child: Frame,
  { model, self }: Followed,
  { callee, arguments: values }: Invocation,
): void {
  const bind = (variable: FunctionModel["parameters"][number] | undefined, value: Value): void => {
    const reference = scope.reference(state, frame, value);
    const key = variable && !variable.isVariadic ? scope.storeKey(child, variable) : undefined;
    if (key === undefined) scope.escape(state, reference);
    else if (reference) state.store.set(key, reference);
    else state.store.delete(key);
  };
  for (const [index, value] of values.entries()) {
    const parameter = model.parameters[index];
    bind(parameter, value);
    const constant = parameter?.isReassigned ? undefined : scope.constant(state, frame, value);
    const key = parameter && scope.storeKey(child, parameter);
    if (key !== undefined && constant !== undefined) state.values.set(key, constant);
    else if (key !== undefined) state.values.delete(key);
  }
  const key = model.receiver && scope.storeKey(child, model.receiver);
  if (self && key !== undefined) state.store.set(key, self);
  else if (callee.kind !== "unknown" && callee.receiver && !isFunctionValue(callee))
    bind(model.receiver, callee.receiver);
}

/** Of a call through a variable the receiver is the variable, not what the method belongs to. */
function isFunctionValue(callee: Callee): boolean {
  return callee.kind === "dynamic" && callee.through === "value";
}

function leaveBlock(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  end: Terminator,
): Outcome[] {
  const { state } = outcome;
  const to = (block: number): Outcome => ({
    ...outcome,
    state: withFrame(state, thread, { block, index: 0 }),
  });
  switch (end.kind) {
    case "goto":
      return [to(end.to)];
    case "switch":
      return end.targets.map((block, side) => assuming(to(block), frame, side));
    case "branch":
      return branch(scope, outcome, thread, frame, end.condition, end.then, end.otherwise);
    case "loop":
      return loop(scope, outcome, thread, frame, end);
    case "return":
      return [leave(scope, outcome, thread, frame, "return", end.values)];
    case "goexit":
      // A goroutine that fails its test: what the test waits for then is not the fault.
      if (thread !== 0) return [lose(outcome, thread, "crashed")];
      return [leave(scope, outcome, thread, frame, "goexit", [])];
    case "panic":
    case "exit":
      // The process ends, or somebody recovers: neither is evidence.
      return [lose(outcome, thread, "crashed")];
    case "select":
    case "stuck":
      return [outcome];
    default:
      return assertNever(end);
  }
}

/** The outcome on condition that the frame's branch goes to one side. */
function assuming(outcome: Outcome, { key, block }: Frame, side: number, isUsual = false): Outcome {
  const branch = `${key}:${block}`;
  const isKnown = outcome.assumptions.some((one) => one.branch === branch && one.side === side);
  if (isKnown) return outcome;
  return { ...outcome, assumptions: [...outcome.assumptions, { branch, side, isUsual }] };
}

function branch(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  condition: Condition | undefined,
  then: number,
  otherwise: number,
): Outcome[] {
  const { state } = outcome;
  const go = (block: number): Outcome => ({
    ...outcome,
    state: withFrame(state, thread, { block, index: 0 }),
  });
  if (!condition) return [assuming(go(then), frame, 1), assuming(go(otherwise), frame, 0)];
  if (condition.constant !== undefined) return [go(condition.constant ? then : otherwise)];
  const isNil = nilness(scope, state, frame, condition);
  const take = (test: boolean): Outcome => go(test !== condition.negated ? then : otherwise);
  if (isNil !== undefined) return [take(isNil)];
  const known = testOfConstant(scope, state, frame, condition);
  if (known !== undefined) return [take(known)];
  // An error may always come, and may always stay away; in a test it does not.
  const isOpen = condition.isErrorTest && !scope.isTest;
  // What a goroutine finds out by itself may turn out either way, and for one of them as for another.
  const isOwn = thread > 0 && !condition.isErrorTest && readsOwn(scope, frame, condition);
  const guess = (test: boolean): Outcome =>
    isOpen ? take(test) : assuming(take(test), frame, test ? 1 : 0, isOwn);
  const fact = `${frame.key}|${condition.key}`;
  const before = state.facts.get(fact);
  if (before) return [take(before.value)];
  if (!scope.isRepeated(frame.function, condition.key)) return [guess(true), guess(false)];
  return [true, false].map((test) => {
    const facts = state.facts.copy().set(fact, { value: test, reads: condition.reads });
    const guessed = guess(test);
    return { ...guessed, state: { ...guessed.state, facts } };
  });
}

/** Whether a condition is about variables alone that the function itself declares. */
function readsOwn(scope: Scope, frame: Frame, { reads }: Condition): boolean {
  const model = invariant(scope.model(frame.function), "a frame has a model");
  return (
    reads.length > 0 &&
    reads.every((read) => {
      const [, file, offset] = /^(.*):(\d+)/.exec(read) ?? [];
      const start = Number(offset);
      return file === model.file && model.at.start <= start && start < model.at.end;
    })
  );
}

/** For `ok`, `n == 2` and `n < 2`, where it is known which constant the variable holds. */
function testOfConstant(
  scope: Scope,
  state: State,
  frame: Frame,
  { key, reads }: Condition,
): boolean | undefined {
  const [variable, ...others] = reads;
  if (variable === undefined || others.length > 0) return undefined;
  const held = scope.constantOf(state, frame, variable);
  if (held === undefined) return undefined;
  if (key === variable) return held === "true" ? true : held === "false" ? false : undefined;
  const [left = "", operator = "", right = ""] = key.split(/(==|<)/);
  const [first, second] = [left, right].map((one) => (one === variable ? held : one));
  if (first === undefined || second === undefined) return undefined;
  const areNumbers = /^-?\d+$/.test(first) && /^-?\d+$/.test(second);
  if (operator === "==" && (areNumbers || first === second)) return first === second;
  return operator === "<" && areNumbers ? Number(first) < Number(second) : undefined;
}

/** For `c == nil`, where it is known what `c` holds. */
function nilness(
  scope: Scope,
  state: State,
  frame: Frame,
  condition: Condition,
): boolean | undefined {
  const [variable] = condition.reads;
  if (condition.reads.length !== 1 || condition.key !== `${variable}==nil`) return undefined;
  const held = scope.heldBy(state, frame, variable ?? "");
  return held && held.kind === "nil";
}

function loop(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  end: Extract<Terminator, { kind: "loop" }>,
): Outcome[] {
  const { state } = outcome;
  const passes = frame.passes[frame.block] ?? 0;
  const again = (): Outcome => {
    const change = { block: end.body, index: 0, received: undefined };
    const counted =
      end.bound === undefined ? frame.passes : { ...frame.passes, [frame.block]: passes + 1 };
    return { ...outcome, state: withFrame(state, thread, { ...change, passes: counted }) };
  };
  const out = (counts: SharedMap<number>): Outcome => {
    const change = {
      block: end.exit,
      index: 0,
      received: undefined,
      passes: { ...frame.passes, [frame.block]: 0 },
    };
    return { ...outcome, state: { ...withFrame(state, thread, change), counts } };
  };
  if (frame.received === "value") return [again()];
  if (frame.received === "closed") return [out(state.counts)];
  const either = (stop: Outcome): Outcome[] => [
    assuming(again(), frame, 1, true),
    assuming(stop, frame, 0),
  ];
  if (end.bound === undefined) return either(out(state.counts));
  const wanted = scope.size(state, frame, end.bound);
  if (wanted !== undefined && passes < wanted)
    return passes < LIMITS.passes * 2 ? [again()] : [lose(outcome, thread)];
  if (wanted !== undefined) return [out(state.counts)];
  const stop = out(state.counts.copy().set(end.bound, passes));
  return passes < LIMITS.passes ? either(stop) : [lose(outcome, thread), stop];
}

/** Begins to leave a function: what it returns is bound, what its deferred calls do comes next. */
function leave(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  how: "return" | "goexit",
  values: readonly Value[],
): Outcome {
  const left = copyState(withFrame(outcome.state, thread, { leaving: how }));
  const caller = left.threads[thread]?.frames.at(-2);
  if (caller) tellCaller(scope, left, frame, caller, values);
  for (const [index, value] of values.entries()) {
    const reference = scope.reference(left, frame, value);
    const key = frame.results[index];
    if (key === undefined) scope.escape(left, reference);
    // Nil comes with an error or a flag that the caller looks at.
    else if (reference && reference.kind !== "nil") left.store.set(key, reference);
    else left.store.delete(key);
  }
  return { ...outcome, state: left };
}

/** What the caller knows of results: constants, and that an error comes with nothing else. */
function tellCaller(
  scope: Scope,
  state: State,
  frame: Frame,
  caller: Frame,
  values: readonly Value[],
): void {
  for (const [index, value] of values.entries()) {
    const variable = frame.variables[index];
    const key = variable && scope.storeKey(caller, variable);
    if (!variable || key === undefined) continue;
    const constant = variable.isReassigned ? undefined : scope.constant(state, frame, value);
    if (constant === undefined) state.values.delete(key);
    else state.values.set(key, constant);
    const isLast = index > 0 && index === values.length - 1;
    const isAlone = values.slice(0, -1).every(({ kind }) => kind === "nil" || kind === "constant");
    if (isLast && (value.kind === "nil" || (isAlone && value.kind !== "constant"))) {
      const fact = { value: value.kind === "nil", reads: [variable.id] };
      state.facts.set(`${caller.key}|${variable.id}==nil`, fact);
    }
  }
}

/** Runs the next deferred call; with none left, goes back to the caller or ends the thread. */
function leaveFrame(scope: Scope, outcome: Outcome, thread: number, frame: Frame): Outcome[] {
  const { state, events } = outcome;
  const deferred = frame.deferred.at(-1);
  if (deferred) {
    const change = { deferred: frame.deferred.slice(0, -1), pending: deferred };
    return [{ ...outcome, state: withFrame(state, thread, change) }];
  }
  const left = copyState(state);
  const at = invariant(state.threads[thread], "the thread exists");
  const callers = at.frames.slice(0, -1);
  const caller = callers.at(-1);
  if (caller && frame.leaving === "goexit")
    callers[callers.length - 1] = { ...caller, leaving: "goexit", pending: [] };
  // A test that has failed: what it leaves behind then is nobody's concern.
  const hasFailed = thread === 0 && frame.leaving === "goexit";
  const status = caller ? "ready" : hasFailed ? "crashed" : "ended";
  left.threads[thread] = { ...at, frames: callers, status };
  if (!caller && at.joins) countGroup(left, at.joins, -1);
  for (const key of left.facts.keys()) if (key.startsWith(`${frame.key}|`)) left.facts.delete(key);
  const file = fileOf(scope, frame);
  const model = invariant(scope.model(frame.function), "a frame has a model");
  const end = model.blocks[frame.block]?.end;
  const place = end && "at" in end ? end.at : model.nameAt;
  const event: Event = { thread, file, at: place, action: `returns from ${model.name}` };
  return [{ ...outcome, state: left, events: caller ? events : [...events, event] }];
}

function fileOf(scope: Scope, frame: Frame): string {
  return invariant(scope.model(frame.function), "a frame has a model").file;
}
