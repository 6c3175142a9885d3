import { defineAnalysis } from "../core/analysis.ts";
import type { Place } from "../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { Operation, OperationOf } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { type AccessPath, identityOf, pathKey } from "../model/path.ts";
import { placeIn } from "../model/place-in.ts";
import { type Program, program } from "../model/program.ts";
import { reaches } from "../model/reaches.ts";
import { type EarlyWait, earlyWaits } from "./wait-groups/early-waits.ts";
import { type EntrustedDone, entrustedDones } from "./wait-groups/entrusted-dones.ts";
import { type LateAdd, lateAdds } from "./wait-groups/late-adds.ts";
import { type LostItem, lostItems } from "./wait-groups/lost-items.ts";
import { type GroupReuse, groupReuses } from "./wait-groups/reuses.ts";
import { type UncountedWait, uncountedWaits } from "./wait-groups/uncounted-waits.ts";
import { type UncoveredAdd, uncoveredAdds } from "./wait-groups/uncovered-adds.ts";
import { UnmetDones } from "./wait-groups/unmet-dones.ts";
import { seenByCaller, seenByStarter, type Worker, workersOf } from "./wait-groups/workers.ts";

/** A fault in how the functions of a unit use a WaitGroup. */
export interface WaitGroupFault {
  readonly function: FunctionHeader;
  readonly group: AccessPath;
  readonly at: Place;
  /** Where the goroutine is started; undefined where the fault is in one function alone. */
  readonly startedAt: Place | undefined;
  /** The other half of the fault: the Wait, the Done, the Add. */
  readonly otherAt: Place | undefined;
  /** The Wait that goes on for ever, where it is not one of the two. */
  readonly waitAt?: Place | undefined;
  /** The parameter that was to be called, and calls Done. */
  readonly entrustedTo?: string;
}

export interface WaitGroupFaults {
  /** Add inside the goroutine that it counts. */
  readonly addsInGoroutine: readonly WaitGroupFault[];
  /** A return of a worker that passes by its Done. */
  readonly missingDones: readonly WaitGroupFault[];
  /** A panic or Goexit of a worker whose Done is not deferred. */
  readonly skippedDones: readonly WaitGroupFault[];
  /** Wait in a worker whose own Done comes after it. */
  readonly selfWaits: readonly WaitGroupFault[];
  /** Wait in the loop that starts the workers, one in each pass. */
  readonly waitsInLoop: readonly (WaitGroupFault & { readonly isForEver: boolean })[];
  /** Add after the start of the goroutine whose Done or Wait should come after it. */
  readonly lateAdds: readonly LateAdd[];
  /** Add in a goroutine whose end is awaited only after the Wait. */
  readonly earlyWaits: readonly EarlyWait[];
  /** What was counted when it was sent, and is received without a Done. */
  readonly lostItems: readonly LostItem[];
  /** Add while a Wait that was given up goes on. */
  readonly reuses: readonly GroupReuse[];
  /** Add for a goroutine that some ways do not start. */
  readonly uncoveredAdds: readonly UncoveredAdd[];
  /** Wait at a group that nobody adds to. */
  readonly uncountedWaits: readonly UncountedWait[];
  /** Done inside a function that `wg.Go` runs. */
  readonly donesInGo: readonly WaitGroupFault[];
}

/** Functions that start others may be the only ones to name a worker: `go m.one(letter)`. */
const INTEREST = /\bWaitGroup\b|\.(?:Add|Done|Go|Wait)\(|\bgo\s/;

/** WaitGroups by the names that functions give them: locals, captured variables, parameters of workers, and fields. */
export const waitGroupFaults = defineAnalysis("wait groups", (use): WaitGroupFaults => {
  const functions = use(program);
  const models = functions
    .functionsWith(INTEREST)
    .flatMap(({ id, file }) => (functions.isJudged(file) ? (functions.model(id) ?? []) : []))
    .filter(({ isDamaged }) => !isDamaged);
  const workers = models.flatMap((model) => workersOf(functions, model));
  const dones = new UnmetDones(functions);
  const waits = new Map<string, Place>();
  const adds = new Map<string, FunctionModel[]>();
  for (const model of models) {
    for (const operation of operationsOf(model)) {
      if (operation.kind === "add" && operation.delta !== -1) {
        const group = identityOf(operation.group) ?? "";
        adds.set(group, [...(adds.get(group) ?? []), model]);
      }
      const identity = operation.kind === "wait" ? identityOf(operation.on) : undefined;
      if (identity !== undefined) waits.set(identity, placeIn(model, operation.at));
    }
  }
  return {
    addsInGoroutine: workers.flatMap((worker) => addInGoroutine(functions, worker, waits, dones)),
    missingDones: [
      ...workers.flatMap((worker) => unmetDone(worker, waits, dones, "return")),
      ...entrustedDones(functions, models, (group) => waits.has(group)).map((one) =>
        notCalled(one, waits),
      ),
    ],
    skippedDones: workers.flatMap((worker) => unmetDone(worker, waits, dones, "panic")),
    selfWaits: [...models.flatMap(selfWait), ...workers.flatMap(waitInGo)],
    waitsInLoop: models.flatMap((model) => waitInLoop(model, countsMany(adds))),
    lateAdds: lateAdds(workers, adds, waits, dones),
    earlyWaits: earlyWaits(functions, models, workers),
    lostItems: lostItems(functions, models, waits),
    reuses: groupReuses(workers),
    uncoveredAdds: uncoveredAdds(functions, workers, waits, dones),
    uncountedWaits: uncountedWaits(models),
    donesInGo: workers.flatMap(doneInGo),
  };
});

function notCalled(
  { starter, call, group, callee, parameter, unmet, otherAt }: EntrustedDone,
  waits: ReadonlyMap<string, Place>,
): WaitGroupFault {
  return {
    function: callee,
    group,
    at: placeIn(callee, unmet.at),
    startedAt: placeIn(starter, call.at),
    otherAt: placeIn(callee, otherAt),
    waitAt: waits.get(identityOf(group) ?? ""),
    entrustedTo: parameter.name,
  };
}

function addInGoroutine(
  functions: Program,
  worker: Worker,
  waits: ReadonlyMap<string, Place>,
  dones: UnmetDones,
): WaitGroupFault[] {
  const { starter, spawn, model } = worker;
  const first = spawn.group ? undefined : firstCount(functions, model, DEPTH);
  const group = first && seenByStarter(worker, first.group);
  const identity = group && identityOf(group);
  if (!first || identity === undefined || !waits.has(identity)) return [];
  const own = identityOf(first.add.group);
  const isDone = (one: Operation): boolean =>
    one.kind === "add" && one.delta === -1 && identityOf(one.group) === own;
  // `defer w.leave()` after `w.enter()`: the Done of the worker, in a function of its own.
  const ended = dones.of(model)?.group;
  const isOwnCount =
    operationsOf(first.model).some(isDone) ||
    (ended !== undefined && identityOf(ended) === identityOf(first.group));
  if (!isOwnCount || operationsOf(starter).some((one) => counts(functions, one, identity)))
    return [];
  return [
    {
      function: first.model,
      group: first.add.group,
      at: placeIn(first.model, first.add.at),
      startedAt: placeIn(starter, spawn.at),
      otherAt: waits.get(identity),
    },
  ];
}

/** Whether an operation is an Add to a group, or the call of a function that adds to it. */
function counts(functions: Program, operation: Operation, identity: string): boolean {
  const isAdd = (one: Operation): boolean =>
    one.kind === "add" && (one.delta ?? 1) > 0 && identityOf(one.group) === identity;
  if (operation.kind !== "call" || operation.callee.kind !== "static") return isAdd(operation);
  const callee = functions.model(operation.callee.function);
  return callee !== undefined && operationsOf(callee).some(isAdd);
}

interface FirstCount {
  readonly model: FunctionModel;
  readonly add: OperationOf<"add">;
  /** The group as the function names it that was asked for. */
  readonly group: AccessPath;
}

/** Calls between a worker and its Add. */
const DEPTH = 2;

/** The Add that comes before everything else that a function, or one that it calls first, does with groups and goroutines. */
function firstCount(
  functions: Program,
  model: FunctionModel,
  depth: number,
): FirstCount | undefined {
  for (const operation of model.blocks[0]?.operations ?? []) {
    if (operation.kind === "add")
      return (operation.delta ?? 1) > 0
        ? { model, add: operation, group: operation.group }
        : undefined;
    if (operation.kind === "spawn" || operation.kind === "wait") return undefined;
    if (operation.kind !== "call" || operation.callee.kind !== "static") continue;
    const callee = functions.model(operation.callee.function);
    if (!callee || callee.isDamaged || depth === 0) return undefined;
    const inner = firstCount(functions, callee, depth - 1);
    const group = inner && seenByCaller(operation, callee, inner.group);
    if (inner && group) return { ...inner, group };
    if (operationsOf(callee).some(({ kind }) => SPEAKING.has(kind))) return undefined;
  }
  return undefined;
}

const SPEAKING = new Set<Operation["kind"]>(["add", "spawn", "wait"]);

/** The worker was counted, by an Add(1) right before it was started or by one Add for all, and leaves without its Done. */
function unmetDone(
  worker: Worker,
  waits: ReadonlyMap<string, Place>,
  dones: UnmetDones,
  how: "return" | "panic",
): WaitGroupFault[] {
  const { starter, spawn, block, model } = worker;
  const own = dones.of(model)?.group;
  const group = own && seenByStarter(worker, own);
  const identity = group && identityOf(group);
  if (identity === undefined || !waits.has(identity)) return [];
  const before = block.operations.slice(0, block.operations.indexOf(spawn));
  const counts = (one: Operation, isCount: (delta: number | undefined) => boolean): boolean =>
    one.kind === "add" && isCount(one.delta) && identityOf(one.group) === identity;
  const isCounted =
    before.some((one) => counts(one, (delta) => delta === 1)) ||
    operationsOf(starter).some((one) => counts(one, (delta = 2) => delta > 1) && !isFewer(one));
  const found = isCounted ? dones.find(model, how) : undefined;
  if (!found) return [];
  return [
    {
      function: found.model,
      group: found.done.group,
      at: placeIn(found.model, found.unmet.at),
      startedAt: placeIn(starter, spawn.at),
      otherAt: placeIn(found.doneIn, found.done.at),
      waitAt: waits.get(identity),
    },
  ];
}

function isFewer(operation: Operation): boolean {
  return operation.kind === "add" && operation.isFewer === true;
}

/** `defer wg.Done()` and `wg.Wait()` in one function. */
function selfWait(model: FunctionModel): WaitGroupFault[] {
  const operations = model.blocks.flatMap((block) => block.operations);
  const deferred = operations.flatMap((one) => (one.kind === "defer" ? one.operations : []));
  return operations.flatMap((wait) => {
    if (wait.kind !== "wait" || wait.object !== "waitgroup") return [];
    // A group may wait for the same field of another one: a parent for its children.
    const key = pathKey(wait.on);
    const isSame = (one: Operation, delta: number): boolean =>
      one.kind === "add" && one.delta === delta && pathKey(one.group) === key;
    const done = key === undefined ? undefined : deferred.find((one) => isSame(one, -1));
    // What the function adds itself it may also owe to somebody else.
    if (!done || operations.some((one) => one.kind === "add" && pathKey(one.group) === key))
      return [];
    return [
      {
        function: model,
        group: wait.on,
        at: placeIn(model, wait.at),
        startedAt: undefined,
        otherAt: placeIn(model, done.at),
      },
    ];
  });
}

/** `wg.Go(func() { …; wg.Wait() })`. */
function waitInGo(worker: Worker): WaitGroupFault[] {
  return inGo(worker, (one) => (one.kind === "wait" ? one.on : undefined));
}

/** `wg.Go(func() { defer wg.Done() … })`. */
function doneInGo(worker: Worker): WaitGroupFault[] {
  return inGo(worker, (one) => (one.kind === "add" && one.delta === -1 ? one.group : undefined));
}

function inGo(
  worker: Worker,
  groupOf: (operation: Operation) => AccessPath | undefined,
): WaitGroupFault[] {
  const { model, spawn, starter } = worker;
  const joins = spawn.group && pathKey(spawn.group);
  if (joins === undefined) return [];
  for (const operation of operationsOf(model)) {
    const group = groupOf(operation);
    const seen = group && seenByStarter(worker, group);
    if (!group || !seen || pathKey(seen) !== joins) continue;
    const at = placeIn(model, operation.at);
    return [
      { function: model, group, at, startedAt: placeIn(starter, spawn.at), otherAt: undefined },
    ];
  }
  return [];
}

/** Groups to which every Add of the unit counts several workers at once. */
function countsMany(
  adds: ReadonlyMap<string, readonly FunctionModel[]>,
): (identity: string) => boolean {
  return (identity) => {
    const counting = (adds.get(identity) ?? []).flatMap((model) =>
      operationsOf(model).filter(
        (one) => one.kind === "add" && one.delta !== -1 && identityOf(one.group) === identity,
      ),
    );
    return counting.length > 0 && counting.every((one) => one.kind === "add" && one.delta !== 1);
  };
}

/**
 * Every way from a start of a worker to the next one passes the Wait. Where the Add stands outside the loop, the Wait of the first
 * pass waits for workers that are not started yet; where it stands in the loop, there is one worker at a time.
 */
function waitInLoop(
  model: FunctionModel,
  isCountedElsewhere: (identity: string) => boolean,
): (WaitGroupFault & { readonly isForEver: boolean })[] {
  return model.blocks.flatMap((block, index) =>
    block.operations.flatMap((wait, position) => {
      if (
        wait.kind !== "wait" ||
        wait.object !== "waitgroup" ||
        !reaches(model.blocks, index, index)
      )
        return [];
      const identity = identityOf(wait.on);
      const before = block.operations.slice(0, position);
      const starts = before.filter(({ kind }) => kind === "spawn");
      const [start] = starts;
      if (identity === undefined || !start || starts.length > 1) return [];
      const isMade = (one: Operation): boolean =>
        one.kind === "make" && identityOf(one.path) === identity;
      const isAdd = (one: Operation): boolean =>
        (one.kind === "add" && identityOf(one.group) === identity) ||
        (one.kind === "spawn" && one.group !== undefined && identityOf(one.group) === identity);
      const isFresh = model.blocks.some(
        (other, at) => other.operations.some(isMade) && reaches(model.blocks, at, at),
      );
      const addsOutside = model.blocks.some(
        (other, at) => other.operations.some(isAdd) && !reaches(model.blocks, at, at),
      );
      const addsInside = model.blocks.some(
        (other, at) => other.operations.some(isAdd) && reaches(model.blocks, at, at),
      );
      const after = before.slice(before.indexOf(start) + 1);
      const isBusy = after.some(({ kind }) => kind !== "assign");
      const isForEver = (addsOutside || isCountedElsewhere(identity)) && !addsInside;
      if (isFresh || (!addsInside && !isForEver) || (isBusy && !isForEver)) return [];
      if (addsOutside && addsInside) return [];
      return [
        {
          function: model,
          group: wait.on,
          at: placeIn(model, wait.at),
          startedAt: placeIn(model, start.at),
          otherAt: undefined,
          isForEver,
        },
      ];
    }),
  );
}
