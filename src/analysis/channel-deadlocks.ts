import { defineAnalysis } from "../core/analysis.ts";
import type { Trace } from "../core/finding.ts";
import type { Place } from "../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { Operation } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import type { FunctionId } from "../model/path.ts";
import { enclosingOf, type Program, program } from "../model/program.ts";
import { exploredFunctions } from "./explored-functions.ts";
import type { StuckThread } from "./explorer/explore.ts";
import { subjectOf } from "./explorer/owned-objects.ts";
import { describeWait, traceOf } from "./explorer/trace.ts";

/** A function that waits for something that none of the goroutines it started will ever do. */
export interface ChannelDeadlock {
  readonly function: FunctionHeader;
  readonly at: Place;
  /** `waits to send on results`. */
  readonly wait: string;
  /** Where the goroutines it started are stuck as well. */
  readonly others: readonly { readonly at: Place; readonly wait: string }[];
  /** Where goroutines have returned that might have ended the wait. */
  readonly leftAt: readonly Place[];
  readonly trace: Trace;
}

/** The explored function itself is stuck: one deadlock for each place where it waits for ever. */
export const channelDeadlocks = defineAnalysis(
  "channel deadlocks",
  (use): readonly ChannelDeadlock[] =>
    use(exploredFunctions).flatMap(({ model, stuck }) => deadlocksOf(use(program), model, stuck)),
);

function deadlocksOf(
  functions: Program,
  model: FunctionModel,
  stuck: readonly StuckThread[],
): ChannelDeadlock[] {
  const others = stuck.filter(({ thread, isLeftBehind }) => thread !== 0 && !isLeftBehind);
  // `<-make(chan bool)` keeps a process alive.
  const isKeptAlive = model.name === "main" && others.length === 0;
  return stuck.flatMap((one) => {
    const [operation] = one.waitsFor;
    if (one.thread !== 0 || one.dependsOnData || !operation || !isAtChannelOrGroup(operation))
      return [];
    if (isKeptAlive && operation.kind === "receive") return [];
    if (isOnPurpose(model, one, operation) || isUnlikely(model, one)) return [];
    if (isLeftToOthers(functions, model, operation)) return [];
    return {
      function: model,
      at: one.at,
      wait: waitOf(one),
      others: others.map((other) => ({ at: other.at, wait: waitOf(other) })),
      leftAt: one.events.flatMap(({ thread, action, file, at }) =>
        thread !== 0 && action.startsWith("returns") ? [{ file, ...at }] : [],
      ),
      trace: traceOf(model, one),
    };
  });
}

/** `<-make(chan struct{})` and nothing started: nobody writes that but to wait for ever, as by `select {}`. */
function isOnPurpose(model: FunctionModel, { startedAt }: StuckThread, wait: Operation): boolean {
  if (wait.kind !== "receive" || startedAt.length > 1) return false;
  return !operationsOf(model).some((one) => one.kind === "spawn" || ends(one, wait));
}

/** A test decides itself what happens: that a goroutine is told to stop by somebody whom the test does not show is not to be expected. */
function isUnlikely({ isTest }: FunctionModel, { events }: StuckThread): boolean {
  return isTest && events.some(({ isOutside }) => isOutside);
}

/** A function literal that would end the wait is handed on: who gets it may call it in ways that nobody has followed. */
function isLeftToOthers(functions: Program, model: FunctionModel, wait: Operation): boolean {
  const closures = functions.functions.filter((header) => isInside(functions, header, model.id));
  if (closures.length === 0) return false;
  const bodies = closures.flatMap(({ id }) => functions.model(id) ?? []);
  const started = new Set(
    [model, ...bodies].flatMap((body) => operationsOf(body).flatMap(startedOf)),
  );
  return bodies.some((body) => {
    const way = [body.id, ...enclosingOf(functions, body)];
    const isHandedOn = way.slice(0, way.indexOf(model.id)).some((id) => !started.has(id));
    return isHandedOn && operationsOf(body).some((one) => ends(one, wait));
  });
}

function isInside(functions: Program, header: FunctionHeader, id: FunctionId): boolean {
  return enclosingOf(functions, header).includes(id);
}

/** Functions that an operation calls or starts by itself. */
function startedOf(operation: Operation): FunctionId[] {
  if (operation.kind === "defer") return operation.operations.flatMap(startedOf);
  if (operation.kind !== "call" && operation.kind !== "spawn") return [];
  return operation.callee.kind === "static" ? [operation.callee.function] : [];
}

/** Whether an operation may be what a wait waits for. */
function ends(one: Operation, wait: Operation): boolean {
  if (one.kind === "defer") return one.operations.some((deferred) => ends(deferred, wait));
  if (one.kind === "cancel") return wait.kind === "receive";
  const [mine, theirs] = [subjectOf(one), subjectOf(wait)].map((path) => path?.root);
  if (mine?.kind !== "variable" || theirs?.kind !== "variable") return false;
  return one.kind !== wait.kind && mine.variable.id === theirs.variable.id;
}

function waitOf({ waitsFor }: StuckThread): string {
  return waitsFor.map(describeWait).join(" or ");
}

/** A lock that is never released is told by the rules about locks. */
function isAtChannelOrGroup({ kind }: Operation): boolean {
  return kind === "send" || kind === "receive" || kind === "wait";
}
