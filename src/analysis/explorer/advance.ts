import { invariant } from "../../core/invariant.ts";
import { type Demand, demandOf } from "../../model/demand.ts";
import type { Operation } from "../../model/operation.ts";
import { assign } from "./assignments.ts";
import { leaveBlock } from "./branches.ts";
import { call, spawn } from "./calls.ts";
import { meetingPoints } from "./detours.ts";
import { isFailure } from "./failures.ts";
import { withoutForgotten } from "./forgotten.ts";
import { afterOperation, operationAt, terminatorAt, withFrame } from "./frames.ts";
import { pastIdle } from "./idle.ts";
import { LIMITS } from "./limits.ts";
import { make } from "./made-objects.ts";
import { type Assumption, lose, type Outcome } from "./outcome.ts";
import { isConditionWait, onceAt, ownedObject, subjectOf, tellOk } from "./owned-objects.ts";
import { leaveFrame } from "./returns.ts";
import type { Scope } from "./scope.ts";
import { contentOf, copyState, type Event, type Frame, type State } from "./state.ts";

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
    let state = pastIdle(scope, next.state, thread);
    const at = invariant(state.threads[thread], "an advanced thread exists");
    const frame = at.frames.at(-1);
    const isEnd = at.status !== "ready" || !frame || isVisible(scope, state, frame);
    let { passed } = next;
    if (isEnd || isWhereWaysMeet(scope, state, thread)) {
      if (frame) state = withoutForgotten(scope, state, frame);
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
    case "write": {
      const { value } = operation;
      const target = operation.kind === "assign" ? operation.target : operation.path;
      const isUp = operation.kind === "assign" && operation.isUp;
      assign(scope, state, frame, target, scope.reference(state, frame, value), value, isUp);
      return same;
    }
    case "escape":
      scope.escape(state, scope.reference(state, frame, operation.value));
      return same;
    case "spawn":
      return [spawn(scope, { ...outcome, state }, thread, frame, operation)];
    case "call":
      if (isFailure(scope, operation.callee)) return [lose(outcome, thread, "crashed")];
      if (!isMet(scope, state, frame, demandOf(operation)))
        return [lose(outcome, thread, "crashed")];
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

/** Whether a test goes on past an assertion, as it does where nothing is known; it knows more then. Changes `state`. */
function isMet(
  { isTest }: Scope,
  { facts }: State,
  frame: Frame,
  demand: Demand | undefined,
): boolean {
  if (!demand || !isTest) return true;
  const fact = `${frame.key}|${demand.condition}`;
  const known = facts.get(fact)?.value;
  if (known === undefined) facts.set(fact, { value: demand.isNil, reads: [demand.variable] });
  return known === undefined || known === demand.isNil;
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
