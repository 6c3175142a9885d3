import { invariant } from "../../core/invariant.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Callee, OperationOf, Value } from "../../model/operation.ts";
import { assign } from "./assignments.ts";
import { madeContext } from "./contexts.ts";
import { fileOf, newFrame, withFrame } from "./frames.ts";
import { LIMITS } from "./limits.ts";
import { makeContext, makesResult } from "./made-objects.ts";
import { lose, type Outcome } from "./outcome.ts";
import { addToGroup } from "./owned-objects.ts";
import type { Scope } from "./scope.ts";
import {
  COUNTED,
  copyState,
  type Frame,
  type Reference,
  type State,
  type Thread,
} from "./state.ts";

/** Whether a callee may do something with an argument that others notice. */
function mattersToCallee(scope: Scope, state: State, frame: Frame, value: Value): boolean {
  const given = scope.reference(state, frame, value);
  if (given === undefined || given.kind === "nil") return false;
  return given.kind !== "context" || state.channels.get(given.id)?.isEscaped === false;
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

export function spawn(
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

export function call(
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
  if (isCleanup(operation.callee)) {
    // Nobody runs it before the function is left.
    const later = operation.arguments.map((value) => ({
      kind: "escape" as const,
      value,
      at: operation.at,
    }));
    return {
      ...outcome,
      state: withFrame(state, thread, { deferred: [...frame.deferred, later] }),
    };
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
  // `newWaiter(k).call(o)`: two calls begin at one place.
  const { start, end } = operation.at;
  const child = newFrame(`${frame.key}/${start}-${end}`, followed.model, results, variables);
  scope.enter(child.key, { function: followed.model.id, outer: followed.outer });
  bindArguments(scope, state, frame, child, followed, operation);
  const called = copyState(state);
  const at = invariant(state.threads[thread], "the thread exists");
  called.threads[thread] = { ...at, frames: [...at.frames, child] };
  return { ...outcome, state: called };
}

/** `t.Cleanup(stop)`. */
function isCleanup(callee: Callee): boolean {
  return callee.kind === "external" && /^testing\.\w+\.Cleanup$/.test(callee.name);
}

type Invocation = OperationOf<"call"> | OperationOf<"spawn">;

export function argumentsOf({ callee, arguments: values }: Invocation): readonly Value[] {
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
    const reference = given(scope, state, frame, value);
    const key = variable && !variable.isVariadic ? scope.storeKey(child, variable) : undefined;
    if (key === undefined) scope.escape(state, reference);
    else if (reference) state.store.set(key, reference);
    else state.store.delete(key);
  };
  for (const [index, value] of values.entries()) {
    const parameter = model.parameters[index];
    bind(parameter, value);
    const constant = parameter?.isReassigned
      ? undefined
      : (scope.constant(state, frame, value) ?? countedIn(value));
    const key = parameter && scope.storeKey(child, parameter);
    if (key !== undefined && constant !== undefined) state.values.set(key, constant);
    else if (key !== undefined) state.values.delete(key);
  }
  const key = model.receiver && scope.storeKey(child, model.receiver);
  if (self && key !== undefined) state.store.set(key, self);
  else if (callee.kind !== "unknown" && callee.receiver && !isFunctionValue(callee))
    bind(model.receiver, callee.receiver);
}

/** What is nil in a field may be given by its address, `fill(&s.jobs)`, and get a value later. */
function given(scope: Scope, state: State, frame: Frame, value: Value): Reference | undefined {
  const reference = scope.reference(state, frame, value);
  const isField = value.kind === "path" && value.path.steps.length > 0;
  return isField && reference?.kind === "nil" ? undefined : reference;
}

/** `n` of `wait(n)`, which the caller has counted up before. */
function countedIn(value: Value): string | undefined {
  if (value.kind !== "path" || value.path.steps.length > 0) return undefined;
  const { root } = value.path;
  const isCounted =
    root.kind === "variable" && root.variable.role === "local" && root.variable.isReassigned;
  return isCounted ? COUNTED : undefined;
}

/** Of a call through a variable the receiver is the variable, not what the method belongs to. */
function isFunctionValue(callee: Callee): boolean {
  return callee.kind === "dynamic" && callee.through === "value";
}
