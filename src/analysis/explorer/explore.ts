import { invariant } from "../../core/invariant.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import type { Program } from "../../model/program.ts";
import { advance } from "./advance.ts";
import { isCertain } from "./certainty.ts";
import { newFrame, operationAt, terminatorAt } from "./frames.ts";
import { LIMITS } from "./limits.ts";
import type { Assumption, Outcome } from "./outcome.ts";
import { subjectOf } from "./owned-objects.ts";
import { createScope, type Scope } from "./scope.ts";
import { SharedMap } from "./shared-map.ts";
import { type Event, type Frame, type State, stateKey } from "./state.ts";
import { type Crash, transitionsOf } from "./transitions.ts";

/**
 * An explicit-state search over a closed scope: a function, the objects that it makes, the goroutines that it starts and
 * the calls they make:
 *
 *     func f(ctx context.Context) error {
 *         c := make(chan error)
 *         go func() { c <- work() }()
 *         select {
 *         case err := <-c: return err
 *         case <-ctx.Done(): return ctx.Err()     // the goroutine stays at its send for ever
 *         }
 *     }
 *
 * What it concludes is narrow: a thread that waits at an object of the scope, and in no reachable future ever moves again. A
 * thread past a cut loop or call, and whoever has an object that escaped, may always help. Not modelled: values other than
 * references, panics, fairness. Out of budget gives nothing.
 */
export interface StuckThread {
  /** Index of the thread; 0 is the explored function itself. */
  readonly thread: number;
  /** Where it waits, and for what: an operation, or the cases of a select. */
  readonly at: Place;
  readonly function: FunctionModel;
  readonly waitsFor: readonly Operation[];
  /** Identity of the object that the first of these works on, within this exploration. */
  readonly object: string | undefined;
  /** Where each thread was started; undefined for the function itself. */
  readonly startedAt: readonly (Place | undefined)[];
  /** Whether the explored function has returned where the thread is stuck. */
  readonly isLeftBehind: boolean;
  /** Whether it takes some data to get there that the scope does not show, other than that an error comes. */
  readonly dependsOnData: boolean;
  /** The shortest way there, each event with its file. */
  readonly events: readonly Event[];
}

/** An operation that can panic: a send on a closed channel, a second close, a counter below zero. */
export interface CrashedThread extends Crash {
  readonly startedAt: readonly (Place | undefined)[];
  readonly dependsOnData: boolean;
  /** The shortest way there, the operation itself included. */
  readonly events: readonly Event[];
}

export interface Exploration {
  readonly stuck: readonly StuckThread[];
  readonly crashed: readonly CrashedThread[];
  readonly isOutOfBudget: boolean;
  /** Not everything was seen: a thread got lost, or somebody else had an object. More may go wrong than is told. */
  readonly isPartial: boolean;
}

interface Edge {
  readonly to: number;
  readonly movers: readonly number[];
  /** The transition that it belongs to; the edges of one differ in what was assumed about data. */
  readonly transition: number;
  readonly assumptions: readonly Assumption[];
  /** In a test, that somebody does what the test does not show: it decides itself what happens. */
  readonly isUnlikely: boolean;
}

interface Visited {
  readonly state: State;
  readonly from: number;
  readonly events: readonly Event[];
  readonly next: Edge[];
  /** From here on anything may happen: a thread is lost, or the process may end by a panic. */
  isOpen: boolean;
  readonly isCrashed: boolean;
}

/** Explores a function and what it starts. Deterministic; bounded by counts. */
export function explore(program: Program, model: FunctionModel): Exploration {
  for (const isPlain of [false, true]) {
    const scope = createScope(program, LIMITS.steps, { isTest: model.isTest, isPlain });
    const graph = search(scope, model);
    if (graph) return concluded(scope, graph);
  }
  return { stuck: [], crashed: [], isOutOfBudget: true, isPartial: true };
}

function concluded(scope: Scope, graph: Graph): Exploration {
  return {
    stuck: stuckThreads(scope, graph),
    crashed: crashedThreads(graph),
    isOutOfBudget: false,
    isPartial: scope.hasOverlooked() || graph.states.some(({ state }) => isLost(state)),
  };
}

function isLost({ threads }: State): boolean {
  return threads.some(({ status }) => status === "lost");
}

/** All reachable states in the order of the search, and the edges into it. */
interface Graph {
  readonly states: readonly Visited[];
  readonly first: readonly Edge[];
  readonly crashes: readonly CrashEdge[];
}

interface CrashEdge {
  readonly crash: Crash;
  /** Where it starts from. */
  readonly state: number;
  readonly events: readonly Event[];
}

function search(scope: Scope, model: FunctionModel): Graph | undefined {
  const graph: Visited[] = [];
  const crashes: CrashEdge[] = [];
  const known = new Map<string, number>();
  const visit = ({ state, events }: Outcome, from: number): number => {
    const key = stateKey(state);
    const old = known.get(key);
    if (old !== undefined) return old;
    known.set(key, graph.length);
    const isCrashed = state.threads.some(({ status }) => status === "crashed");
    const isOpen = isCrashed || isLost(state);
    return graph.push({ state, from, events, next: [], isOpen, isCrashed }) - 1;
  };
  const first: Edge[] = [];
  for (const start of firstOutcomes(scope, model)) {
    const { assumptions } = start;
    const to = visit(start, -1);
    first.push({ to, movers: [], transition: 0, assumptions, isUnlikely: false });
  }
  for (let at = 0; at < graph.length; at++) {
    if (graph.length > LIMITS.states || graph.length - at > LIMITS.waiting) return undefined;
    if (!scope.spend()) return undefined;
    const visited = invariant(graph[at], "the index is in range");
    const transitions = visited.isOpen ? [] : transitionsOf(scope, visited.state);
    if (transitions.some(({ crash }) => crash)) visited.isOpen = true;
    for (const [transition, { movers, state: moved, events, crash }] of transitions.entries()) {
      if (crash) {
        if (!moved.isUnordered) crashes.push({ crash, state: at, events });
        continue;
      }
      const start = { state: moved, events, assumptions: [] };
      const isUnlikely = scope.isTest && events.some(({ isOutside }) => isOutside);
      for (const outcome of advanceAll(scope, start, movers)) {
        const { assumptions } = outcome;
        const to = visit(outcome, at);
        visited.next.push({ to, movers, transition, assumptions, isUnlikely });
      }
    }
  }
  return scope.isSpent() ? undefined : { states: graph, first, crashes };
}

/** How a function can begin: up to the first operations that others see. */
export function firstOutcomes(scope: Scope, model: FunctionModel): Outcome[] {
  const starts = advance(scope, initialState(scope, model), 0);
  return starts.flatMap((outcome) => settle(scope, outcome, 1));
}

function initialState(scope: Scope, model: FunctionModel): State {
  const frame = newFrame("f", model, []);
  scope.enter(frame.key, { function: model.id, outer: undefined });
  return {
    threads: [{ startedAt: undefined, status: "ready", joins: undefined, frames: [frame] }],
    channels: new SharedMap(),
    groups: new SharedMap(),
    locks: new SharedMap(),
    store: new SharedMap(),
    values: new SharedMap(),
    facts: new SharedMap(),
    counts: new SharedMap(),
    sites: new SharedMap(),
    isUnordered: false,
  };
}

/** How a transition goes on, up to the next operations that others see. */
export function advanceAll(scope: Scope, start: Outcome, movers: readonly number[]): Outcome[] {
  const before = start.state.threads.length;
  let outcomes = [start];
  for (const thread of movers) {
    outcomes = outcomes.flatMap(({ state, events, assumptions }) =>
      advance(scope, state, thread, events, assumptions),
    );
  }
  return outcomes.flatMap((outcome) => settle(scope, outcome, before));
}

/** Brings threads that were just started to their first visible operation. */
function settle(scope: Scope, start: Outcome, firstNew: number): Outcome[] {
  let settled: Outcome[] = [];
  let waiting = [{ outcome: start, thread: firstNew }];
  while (waiting.length > 0) {
    const open = waiting.filter(({ outcome, thread }) => thread < outcome.state.threads.length);
    settled = [
      ...settled,
      ...waiting.filter((one) => !open.includes(one)).map(({ outcome }) => outcome),
    ];
    waiting = open.flatMap(({ outcome, thread }) =>
      advance(scope, outcome.state, thread, outcome.events, outcome.assumptions).map((next) => ({
        outcome: next,
        thread: thread + 1,
      })),
    );
  }
  return settled;
}

/** One for each thread, place, and whether the function had returned: the first that the search came to. */
function stuckThreads(scope: Scope, graph: Graph): StuckThread[] {
  const found = new Map<string, { stuck: Omit<StuckThread, "dependsOnData">; states: number[] }>();
  const { states } = graph;
  const most = Math.max(...states.map(({ state }) => state.threads.length));
  for (let thread = 0; thread < most; thread++) {
    const mayMove = statesWithHope(states, thread);
    for (const [index, { state }] of states.entries()) {
      const at = state.threads[thread];
      if (mayMove[index] || at?.status !== "ready") continue;
      const stuck = describe(scope, states, index, thread);
      if (!stuck) continue;
      const key = `${thread} ${stuck.at.file}:${stuck.at.start} ${stuck.isLeftBehind}`;
      const known = found.get(key);
      if (known) known.states.push(index);
      else found.set(key, { stuck, states: [index] });
    }
  }
  return [...found.values()].map(({ stuck, states: at }) => ({
    ...stuck,
    dependsOnData: !isCertain(graph, at),
  }));
}

/** One for each operation: the first that the search came to. */
function crashedThreads(graph: Graph): CrashedThread[] {
  const found = new Map<Crash["operation"], CrashEdge[]>();
  for (const edge of graph.crashes) {
    if (comesRound(graph, edge)) continue;
    const known = found.get(edge.crash.operation);
    if (known) known.push(edge);
    else found.set(edge.crash.operation, [edge]);
  }
  return [...found.values()].map((edges) => {
    const { crash, state, events } = invariant(edges[0], "a group has a member");
    const threads = invariant(graph.states[state], "the index is in range").state.threads;
    return {
      ...crash,
      startedAt: threads.map(({ startedAt }) => startedAt),
      dependsOnData: !isCertain(
        graph,
        edges.map((edge) => edge.state),
      ),
      events: [...wayTo(graph.states, state), ...events],
    };
  });
}

/** The same operation of one thread more often than this: a loop whose passes nobody counts. */
const MOST_ROUNDS = 3;

function comesRound({ states }: Graph, { crash, state, events }: CrashEdge): boolean {
  const { thread, operation, file } = crash;
  const isAgain = (event: Event): boolean =>
    event.thread === thread && event.file === file && event.at.start === operation.at.start;
  return [...wayTo(states, state), ...events].filter(isAgain).length > MOST_ROUNDS;
}

/** For each state, whether the thread moves in some future of it (or anything may happen there). */
function statesWithHope(graph: readonly Visited[], thread: number): boolean[] {
  const before: number[][] = graph.map(() => []);
  const hope = graph.map(({ isOpen, next }, from) => {
    for (const { to } of next) before[to]?.push(from);
    return isOpen || next.some(({ movers }) => movers.includes(thread));
  });
  const waiting = hope.flatMap((hopeful, index) => (hopeful ? [index] : []));
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const from of before[at] ?? []) {
      if (hope[from]) continue;
      hope[from] = true;
      waiting.push(from);
    }
  }
  return hope;
}

function describe(
  scope: Scope,
  graph: readonly Visited[],
  index: number,
  thread: number,
): Omit<StuckThread, "dependsOnData"> | undefined {
  const { state } = invariant(graph[index], "the index is in range");
  const frame = invariant(state.threads[thread]?.frames.at(-1), "a waiting thread has a frame");
  const operation = operationAt(scope, frame);
  const end = terminatorAt(scope, frame);
  // `select {}` waits on purpose.
  if (!operation && end?.kind !== "select") return undefined;
  const waitsFor = operation
    ? [operation]
    : end?.kind === "select"
      ? end.cases.map((choice) => choice.operation)
      : [];
  const span = operation?.at ?? (end?.kind === "select" ? end.at : undefined);
  const model = invariant(scope.model(frame.function), "a frame has a model");
  return {
    thread,
    function: model,
    at: { file: model.file, ...invariant(span, "what waits has a place") },
    waitsFor,
    object: objectOf(scope, state, frame, waitsFor[0]),
    startedAt: state.threads.map(({ startedAt }) => startedAt),
    isLeftBehind: state.threads[0]?.status === "ended",
    events: wayTo(graph, index),
  };
}

function objectOf(
  scope: Scope,
  state: State,
  frame: Frame,
  operation: Operation | undefined,
): string | undefined {
  const path = operation && subjectOf(operation);
  const object = path && scope.referenceOfPath(state, frame, path);
  return object && "id" in object ? object.id : undefined;
}

function wayTo(graph: readonly Visited[], index: number): Event[] {
  const legs: (readonly Event[])[] = [];
  for (let at = index; at !== -1; ) {
    const { events, from } = invariant(graph[at], "the index is in range");
    legs.push(events);
    at = from;
  }
  return legs.reverse().flat();
}
