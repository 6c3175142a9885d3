import { invariant } from "../../core/invariant.ts";
import type { Value } from "../../model/operation.ts";
import type { Variable } from "../../model/path.ts";
import { forgetFrame } from "./forgotten.ts";
import { fileOf, withFrame } from "./frames.ts";
import type { Outcome } from "./outcome.ts";
import { countGroup } from "./owned-objects.ts";
import { conditionsReturned, isReturnedNil } from "./returned-errors.ts";
import type { Scope } from "./scope.ts";
import { ANYTHING, copyState, EITHER, type Event, type Frame, type State } from "./state.ts";

/** Begins to leave a function: what it returns is bound, what its deferred calls do comes next. */
export function leave(
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

const FAILING = /^testing\.(?:T|B|F|TB|common)\.(?:Errorf?|Fail)$/;

/** `case <-late: t.Error("too late"); return`: a test that says that it has failed, and leaves. */
function hasToldFailure(scope: Scope, { function: id, block, leaving }: Frame): boolean {
  const model = leaving === "return" ? scope.model(id) : undefined;
  if (!model?.isTest) return false;
  return (model.blocks[block]?.operations ?? []).some(
    (one) => one.kind === "call" && one.callee.kind === "external" && FAILING.test(one.callee.name),
  );
}

/** What the caller knows of results: constants, and that an error comes with nothing else. */
function tellCaller(
  scope: Scope,
  state: State,
  frame: Frame,
  caller: Frame,
  values: readonly Value[],
): void {
  const tell = ({ id }: Variable, isNil: boolean): void => {
    state.facts.set(`${caller.key}|${id}==nil`, { value: isNil, reads: [id] });
  };
  for (const [index, value] of values.entries()) {
    const variable = frame.variables[index];
    const key = variable && scope.storeKey(caller, variable);
    if (!variable || key === undefined) continue;
    tellConstant(scope, state, variable, key, scope.constant(state, frame, value));
    const isNil = values.length === 1 ? isReturnedNilAt(scope, state, frame, value) : undefined;
    if (isNil !== undefined) tell(variable, isNil);
    const isLast = index > 0 && index === values.length - 1;
    const isAlone = values.slice(0, -1).every(({ kind }) => kind === "nil" || kind === "constant");
    if (isLast && (value.kind === "nil" || (isAlone && value.kind !== "constant")))
      tell(variable, value.kind === "nil");
  }
}

/** Constants go to variables that stay as they are; of flags it is known at least that they were given something. */
function tellConstant(
  scope: Scope,
  state: State,
  variable: Variable,
  key: string,
  constant: string | undefined,
): void {
  if (scope.isFlag(variable)) {
    const isAnybodys = state.values.get(key) === ANYTHING;
    if (!isAnybodys) state.values.set(key, constant ?? EITHER);
  } else if (constant === undefined || variable.isReassigned) state.values.delete(key);
  else state.values.set(key, constant);
}

/** As the text shows it, or as it was found on the way here. */
function isReturnedNilAt(
  scope: Scope,
  { facts }: State,
  frame: Frame,
  value: Value,
): boolean | undefined {
  const model = scope.model(frame.function);
  const end = model?.blocks[frame.block]?.end;
  if (!model || !end) return undefined;
  const shown = isReturnedNil(scope.program, model, frame.block, value);
  if (shown !== undefined) return shown;
  return conditionsReturned(end)
    .map((condition) => facts.get(`${frame.key}|${condition}`)?.value)
    .find((found) => found !== undefined);
}

/** Runs the next deferred call; with none left, goes back to the caller or ends the thread. */
export function leaveFrame(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
): Outcome[] {
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
  const hasFailed = thread === 0 && (frame.leaving === "goexit" || hasToldFailure(scope, frame));
  const status = caller ? "ready" : hasFailed ? "crashed" : "ended";
  left.threads[thread] = { ...at, frames: callers, status };
  if (!caller && at.joins) countGroup(left, at.joins, -1);
  forgetFrame(scope, left, frame);
  const file = fileOf(scope, frame);
  const model = invariant(scope.model(frame.function), "a frame has a model");
  const end = model.blocks[frame.block]?.end;
  const place = end && "at" in end ? end.at : model.nameAt;
  const event: Event = { thread, file, at: place, action: `returns from ${model.name}` };
  return [{ ...outcome, state: left, events: caller ? events : [...events, event] }];
}
