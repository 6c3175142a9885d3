import { isDeepStrictEqual } from "node:util";
import {
  advanceAll,
  type CrashedThread,
  firstOutcomes,
  type StuckThread,
} from "../../../src/analysis/explorer/explore.ts";
import type { Outcome } from "../../../src/analysis/explorer/outcome.ts";
import { createScope, type Scope } from "../../../src/analysis/explorer/scope.ts";
import { type Event, type State, stateKey } from "../../../src/analysis/explorer/state.ts";
import { type Transition, transitionsOf } from "../../../src/analysis/explorer/transitions.ts";
import type { FunctionModel } from "../../../src/model/function.ts";
import type { Program } from "../../../src/model/program.ts";

const STEPS = 200_000;

/**
 * Follows a trace on the model from the start, step by step: an event counts only where a transition that is enabled in its turn brings
 * it about. Gives what is wrong, if anything: the first event that no state allows, or an end that is not what was claimed.
 */
export function replay(
  program: Program,
  model: FunctionModel,
  claim: StuckThread | CrashedThread,
): string | undefined {
  const complaints = [false, true].map((isPlain) => {
    const scope = createScope(program, STEPS, { isTest: model.isTest, isPlain });
    const { reached, states } = follow(scope, model, claim.events);
    if (reached < claim.events.length) return `no state allows ${describe(claim.events[reached])}`;
    const isSo = states.some((state) =>
      "operation" in claim ? crashes(scope, state, claim) : isStuck(scope, state, claim),
    );
    return isSo ? undefined : "the end is not what was claimed";
  });
  return complaints.includes(undefined) ? undefined : complaints[0];
}

function describe(event: Event | undefined): string {
  return event ? `${event.file}:${event.at.start} ${event.thread} ${event.action}` : "the end";
}

interface Followed {
  /** How many of the events some way had. */
  readonly reached: number;
  /** States after the last event; of a panic the ones before it. */
  readonly states: readonly State[];
}

function follow(scope: Scope, model: FunctionModel, events: readonly Event[]): Followed {
  const seen = new Set<string>();
  const states: State[] = [];
  let reached = 0;
  const waiting = firstOutcomes(scope, model).map((outcome) => ({ outcome, done: 0 }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const done = eventsDone(events, next.done, next.outcome);
    if (done === undefined) continue;
    reached = Math.max(reached, done);
    const { state } = next.outcome;
    const key = `${done} ${stateKey(state)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    states.push(state);
    if (state.threads.some(({ status }) => status === "lost" || status === "crashed")) continue;
    for (const transition of transitionsOf(scope, state)) {
      if (transition.crash) {
        const all = eventsDone(events, done, transition);
        reached = Math.max(reached, all ?? 0);
        continue;
      }
      for (const outcome of outcomesOf(scope, transition)) waiting.push({ outcome, done });
    }
  }
  return { reached, states };
}

function outcomesOf(scope: Scope, { state, events, movers }: Transition): Outcome[] {
  return advanceAll(scope, { state, events, assumptions: [] }, movers);
}

/** How many events there were with those of a step; undefined where the step has others. */
function eventsDone(
  events: readonly Event[],
  before: number,
  step: { readonly events: readonly Event[] },
): number | undefined {
  const after = before + step.events.length;
  return isDeepStrictEqual(events.slice(before, after), step.events) ? after : undefined;
}

function crashes(scope: Scope, state: State, claim: CrashedThread): boolean {
  return transitionsOf(scope, state).some(
    ({ crash }) => crash?.operation === claim.operation && crash.thread === claim.thread,
  );
}

/** The thread stands at what it is to wait for, and nothing that can still happen moves it. */
function isStuck(scope: Scope, start: State, claim: StuckThread): boolean {
  const frame = start.threads[claim.thread]?.frames.at(-1);
  if (frame?.function !== claim.function.id) return false;
  const seen = new Set<string>();
  const waiting = [start];
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    if (seen.has(stateKey(state))) continue;
    seen.add(stateKey(state));
    if (state.threads.some(({ status }) => status === "lost" || status === "crashed")) return false;
    for (const transition of transitionsOf(scope, state)) {
      if (transition.crash || transition.movers.includes(claim.thread)) return false;
      waiting.push(...outcomesOf(scope, transition).map((outcome) => outcome.state));
    }
  }
  return true;
}
