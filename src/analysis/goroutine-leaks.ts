import { defineAnalysis } from "../core/analysis.ts";
import type { Trace } from "../core/finding.ts";
import { invariant } from "../core/invariant.ts";
import type { Place } from "../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { Operation } from "../model/operation.ts";
import type { AccessPath } from "../model/path.ts";
import { enclosingOf, type Program, program } from "../model/program.ts";
import { isCounted } from "./counted-receives.ts";
import { exploredFunctions } from "./explored-functions.ts";
import type { StuckThread } from "./explorer/explore.ts";
import { traceOf } from "./explorer/trace.ts";
import { isRebound } from "./rebound-channels.ts";
import { isAnnouncedBefore } from "./stream-announcements.ts";

/** A goroutine that waits for ever at a local channel, because the function that started it has returned. */
export interface GoroutineLeak {
  readonly function: FunctionHeader;
  /** Where the goroutine waits. */
  readonly at: Place;
  /** Other places where it can wait for the same reason. */
  readonly alsoAt: readonly Place[];
  readonly channel: AccessPath;
  readonly waitsTo: "send" | "receive";
  /** Where the function returned, and where the goroutine was started. */
  readonly returnedAt: Place;
  readonly startedAt: Place;
  readonly trace: Trace;
}

export interface GoroutineLeaks {
  readonly leaks: readonly GoroutineLeak[];
}

/**
 * Goroutines that the explored function leaves behind. Nothing outlives `main`, a benchmark or a test for long; what a test shows of the functions
 * that it calls is told.
 */
export const goroutineLeaks = defineAnalysis("goroutine leaks", (use): GoroutineLeaks => {
  const functions = use(program);
  const leaks = use(exploredFunctions).flatMap(({ model, stuck }) =>
    /^(?:main$|Benchmark)/.test(model.name)
      ? []
      : leaksOf(
          model,
          stuck.filter(
            (one) =>
              !isByDesign(one) &&
              !isOfTest(functions, model, one) &&
              !isCounted(functions, one) &&
              !isAnnouncedBefore(one) &&
              !one.waitsFor.some((wait) => isAtRebound(functions, model, wait)),
          ),
        ),
  );
  return { leaks: toldOnce(leaks) };
});

/** What is seen from several functions is told of the one that starts the goroutine. */
function toldOnce(leaks: readonly GoroutineLeak[]): GoroutineLeak[] {
  const isStarter = ({ function: { file, at }, startedAt }: GoroutineLeak): boolean =>
    file === startedAt.file && at.start <= startedAt.start && startedAt.end <= at.end;
  const byPlace = new Map<string, GoroutineLeak>();
  for (const leak of leaks) {
    const place = `${leak.at.file}:${leak.at.start}`;
    const known = byPlace.get(place);
    if (!known || (isStarter(leak) && !isStarter(known))) byPlace.set(place, leak);
  }
  return [...byPlace.values()];
}

/** A wait for the end of something that only ends on some condition: `if o.stop != nil { go func() { <-o.stop … }() }`. */
function isByDesign({ waitsFor: [first], dependsOnData }: StuckThread): boolean {
  return dependsOnData && first?.kind === "receive" && first.channel.steps.length > 0;
}

/**
 * Whether it waits in code that has a test's handle, or for orders in a service that the test leaves behind; what it waits to send is
 * told of everything else that a test calls.
 */
function isOfTest(functions: Program, explored: FunctionModel, stuck: StuckThread): boolean {
  const { waitsFor, function: waiting } = stuck;
  if ((explored.isTest || hasTestHandle(explored)) && hasSentOften(stuck)) return true;
  // Where there is nothing else, what the tests leave behind is their own.
  if (functions.isTestsAlone) return false;
  if (explored.isTest && waitsFor.some(({ kind }) => kind !== "send")) return true;
  if (!waiting.isTest) return false;
  const around = enclosingOf(functions, waiting).at(-1);
  const outermost = around === undefined ? waiting : functions.header(around);
  if (!outermost) return false;
  return /^(.*\.)?Test/.test(outermost.name) || hasTestHandle(outermost);
}

function hasTestHandle({ parameters }: FunctionHeader): boolean {
  return parameters.some((one) => /^(t|b|tb)$/.test(one.name));
}

/** Whether it has filled a buffer that a test has made large enough for all that comes, as a rule. */
function hasSentOften({ thread, events }: StuckThread): boolean {
  const sends = events.filter((one) => one.thread === thread && one.action.startsWith("sends on"));
  return sends.length > SENDS_OF_TESTS;
}

const SENDS_OF_TESTS = 3;

/**
 * One leak for each channel and direction: goroutines that can be left at it in one place as well as in another have one
 * fault. It stands at the last of its places, since the way without an error comes last as a rule.
 */
function leaksOf(model: FunctionModel, stuck: readonly StuckThread[]): GoroutineLeak[] {
  const byFault = new Map<string, Map<number, GoroutineLeak>>();
  for (const one of stuck) {
    const leak = one.isLeftBehind ? describe(model, one) : undefined;
    if (!leak) continue;
    // An object has one name for each time that its `make` was reached.
    const site = one.object?.replace(/#\d+$/, "");
    const places = getOrMake(byFault, `${site} ${leak.waitsTo} ${leak.at.file}`);
    if (!places.has(leak.at.start)) places.set(leak.at.start, leak);
  }
  return [...byFault.values()].map(lastOf);
}

function lastOf(places: ReadonlyMap<number, GoroutineLeak>): GoroutineLeak {
  const [last, ...others] = [...places.values()].sort(
    (left, right) => right.at.start - left.at.start,
  );
  return { ...invariant(last, "a fault has a place"), alsoAt: others.map(({ at }) => at) };
}

function getOrMake<K, L, V>(maps: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const present = maps.get(key) ?? new Map<L, V>();
  maps.set(key, present);
  return present;
}

function describe(model: FunctionModel, stuck: StuckThread): GoroutineLeak | undefined {
  const [operation] = stuck.waitsFor;
  const channel = operation && channelOf(operation);
  const startedAt = stuck.startedAt[stuck.thread];
  if (stuck.thread === 0 || !channel || !startedAt) return undefined;
  const returned = invariant(
    stuck.events.findLast(({ thread, action }) => thread === 0 && action.startsWith("returns")),
    "a thread that is left behind was left by a return",
  );
  return {
    function: model,
    at: stuck.at,
    alsoAt: [],
    channel,
    waitsTo: operation.kind === "send" ? "send" : "receive",
    returnedAt: { file: returned.file, ...returned.at },
    startedAt,
    trace: traceOf(model, stuck),
  };
}

function isAtRebound(functions: Program, starter: FunctionModel, wait: Operation): boolean {
  const channel = channelOf(wait);
  return channel !== undefined && isRebound(functions, starter, channel);
}

function channelOf(operation: Operation): AccessPath | undefined {
  return operation.kind === "send" || operation.kind === "receive" ? operation.channel : undefined;
}
