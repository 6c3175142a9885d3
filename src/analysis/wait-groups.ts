import { defineAnalysis } from "../core/analysis.ts";
import type { Place, Span } from "../core/position.ts";
import type { Block, FunctionHeader, FunctionModel, Terminator } from "../model/function.ts";
import type { Operation, OperationOf, Value } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { type AccessPath, pathKey, rebase } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { successors } from "../model/successors.ts";
import { findUnmetDuty } from "./lifetimes/unmet-duty.ts";
import { mentionsOf } from "./mentions.ts";

/** A goroutine that a WaitGroup counts, seen from the function that starts it. */
interface Worker {
  readonly starter: FunctionModel;
  readonly spawn: OperationOf<"spawn">;
  readonly block: Block;
  readonly model: FunctionModel;
}

/** A fault in how the functions of a unit use a WaitGroup. */
export interface WaitGroupFault {
  readonly function: FunctionHeader;
  readonly group: AccessPath;
  readonly at: Place;
  /** Where the goroutine is started; undefined where the fault is in one function alone. */
  readonly startedAt: Place | undefined;
  /** The other half of the fault: the Wait, the Done, the Add. */
  readonly otherAt: Place | undefined;
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
  /** Done inside a function that `wg.Go` runs. */
  readonly donesInGo: readonly WaitGroupFault[];
}

const INTEREST = /\bWaitGroup\b|\.(Add|Done|Go)\(/;

/** WaitGroups by the names that functions give them: locals, captured variables, parameters of workers, and fields. */
export const waitGroupFaults = defineAnalysis("wait groups", (use): WaitGroupFaults => {
  const functions = use(program);
  const models = functions
    .functionsWith(INTEREST)
    .flatMap(({ id, file }) => (functions.isJudged(file) ? (functions.model(id) ?? []) : []))
    .filter(({ isDamaged }) => !isDamaged);
  const workers = models.flatMap((model) => workersOf(functions, model));
  const waits = new Map<string, Place>();
  for (const model of models) {
    for (const operation of operationsOf(model)) {
      const identity = operation.kind === "wait" ? identityOf(operation.on) : undefined;
      if (identity !== undefined) waits.set(identity, placeOf(model, operation.at));
    }
  }
  return {
    addsInGoroutine: workers.flatMap((worker) => addInGoroutine(worker, waits)),
    missingDones: workers.flatMap((worker) => unmetDone(worker, waits, "return")),
    skippedDones: workers.flatMap((worker) => unmetDone(worker, waits, "panic")),
    selfWaits: [...models.flatMap(selfWait), ...workers.flatMap(waitInGo)],
    waitsInLoop: models.flatMap(waitInLoop),
    donesInGo: workers.flatMap(doneInGo),
  };
});

function identityOf(path: AccessPath): string | undefined {
  return path.slot ?? pathKey(path);
}

function placeOf({ file }: FunctionHeader, span: Span): Place {
  return { file, start: span.start, end: span.end };
}

function workersOf(functions: Program, starter: FunctionModel): Worker[] {
  return starter.blocks.flatMap((block) =>
    block.operations.flatMap((spawn) => {
      if (spawn.kind !== "spawn" || spawn.callee.kind !== "static") return [];
      const model = functions.model(spawn.callee.function);
      return model && !model.isDamaged ? [{ starter, spawn, block, model }] : [];
    }),
  );
}

/** How the starter names what the worker names: a parameter is its argument. */
function seenByStarter({ spawn, model }: Worker, path: AccessPath): AccessPath | undefined {
  if (path.root.kind !== "variable") return undefined;
  const { variable } = path.root;
  if (variable.declaredIn !== model.id) return path;
  const value =
    variable.role === "parameter"
      ? spawn.arguments[variable.index]
      : receiverOf(spawn, variable.role);
  return value?.kind === "path" ? rebase(path, value.path) : undefined;
}

function receiverOf({ callee }: OperationOf<"spawn">, role: string): Value | undefined {
  return role === "receiver" && callee.kind === "static" ? callee.receiver : undefined;
}

function addInGoroutine(worker: Worker, waits: ReadonlyMap<string, Place>): WaitGroupFault[] {
  const { starter, spawn, model } = worker;
  if (spawn.group) return [];
  const first = model.blocks[0]?.operations.find(
    ({ kind }) => kind === "spawn" || kind === "add" || kind === "wait",
  );
  if (first?.kind !== "add" || (first.delta ?? 1) <= 0) return [];
  const group = seenByStarter(worker, first.group);
  const identity = group && identityOf(group);
  if (!group || identity === undefined || !waits.has(identity)) return [];
  const own = identityOf(first.group);
  const counts = (operation: Operation, named: string | undefined, isDone: boolean): boolean =>
    operation.kind === "add" &&
    identityOf(operation.group) === named &&
    (isDone ? operation.delta === -1 : (operation.delta ?? 1) > 0);
  const isOwnCount = operationsOf(model).some((one) => counts(one, own, true));
  const isHeld = operationsOf(starter).some((one) => counts(one, identity, false));
  if (!isOwnCount || isHeld) return [];
  return [
    {
      function: model,
      group: first.group,
      at: placeOf(model, first.at),
      startedAt: placeOf(starter, spawn.at),
      otherAt: waits.get(identity),
    },
  ];
}

/** The worker was counted, by an Add(1) right before it was started or by one Add for all, and leaves without its Done. */
function unmetDone(
  worker: Worker,
  waits: ReadonlyMap<string, Place>,
  how: "return" | "panic",
): WaitGroupFault[] {
  const { starter, spawn, block, model } = worker;
  const isDone = (operation: Operation): operation is OperationOf<"add"> =>
    operation.kind === "add" && operation.delta === -1;
  const dones = operationsOf(model).filter(isDone);
  const [done] = dones;
  const group = done && seenByStarter(worker, done.group);
  const identity = group && identityOf(group);
  const own = done && identityOf(done.group);
  if (!done || identity === undefined || !waits.has(identity)) return [];
  const before = block.operations.slice(0, block.operations.indexOf(spawn));
  const counts = (one: Operation, isCount: (delta: number | undefined) => boolean): boolean =>
    one.kind === "add" && isCount(one.delta) && identityOf(one.group) === identity;
  const isCounted =
    before.some((one) => counts(one, (delta) => delta === 1)) ||
    operationsOf(starter).some((one) => counts(one, (delta = 2) => delta > 1));
  const isPlain = dones.every((one) => identityOf(one.group) === own) && !isInLoop(model, dones);
  if (!isCounted || !isPlain) return [];
  const begins: Operation = { kind: "read", path: done.group, at: model.nameAt };
  const unmet = findUnmetDuty(endingBy(model, begins, how), {
    begins,
    isMetBy: (operation) =>
      operation !== begins && mentionsOf(operation).paths.some((path) => identityOf(path) === own),
    // `if wg != nil { defer wg.Done() }`
    isMetAtEnd: (end) =>
      end.kind === "branch" && (end.condition?.reads.some((read) => read === own) ?? false),
    isLostBy: () => false,
  });
  if (!unmet) return [];
  return [
    {
      function: model,
      group: done.group,
      at: placeOf(model, unmet.at),
      startedAt: placeOf(starter, spawn.at),
      otherAt: placeOf(model, done.at),
    },
  ];
}

/** The function with a first operation, and with one way to end alone. */
function endingBy(model: FunctionModel, first: Operation, how: "return" | "panic"): FunctionModel {
  const endOf = (end: Terminator): Terminator => {
    if (end.kind === "return") return how === "return" ? end : { kind: "stuck", at: end.at };
    const isPanic = end.kind === "panic" || end.kind === "goexit";
    return isPanic && how === "panic" ? { kind: "return", at: end.at, values: [] } : end;
  };
  const blocks = model.blocks.map((block, index) => ({
    ...block,
    operations: index === 0 ? [first, ...block.operations] : block.operations,
    end: endOf(block.end),
  }));
  return { ...model, blocks };
}

/** Whether a block leads back to itself, without passing through another. */
function returnsTo({ blocks }: FunctionModel, start: number, without?: number): boolean {
  const waiting = [start];
  const seen = new Set<number>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    for (const next of block ? successors(block.end) : []) {
      if (next === start) return true;
      if (next === without || seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return false;
}

function isInLoop(model: FunctionModel, operations: readonly Operation[]): boolean {
  return model.blocks.some(
    (block, index) =>
      block.operations.some((one) => operations.includes(one)) && returnsTo(model, index),
  );
}

/** `defer wg.Done()` and `wg.Wait()` in one function. */
function selfWait(model: FunctionModel): WaitGroupFault[] {
  const operations = model.blocks.flatMap((block) => block.operations);
  const deferred = operations.flatMap((one) => (one.kind === "defer" ? one.operations : []));
  return operations.flatMap((wait) => {
    if (wait.kind !== "wait" || wait.object !== "waitgroup") return [];
    const identity = identityOf(wait.on);
    const isSame = (one: Operation, delta: number): boolean =>
      one.kind === "add" && one.delta === delta && identityOf(one.group) === identity;
    const done = identity === undefined ? undefined : deferred.find((one) => isSame(one, -1));
    // What the function adds itself it may also owe to somebody else.
    if (!done || operations.some((one) => one.kind === "add" && identityOf(one.group) === identity))
      return [];
    return [
      {
        function: model,
        group: wait.on,
        at: placeOf(model, wait.at),
        startedAt: undefined,
        otherAt: placeOf(model, done.at),
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
  const joins = spawn.group && identityOf(spawn.group);
  if (joins === undefined) return [];
  for (const operation of operationsOf(model)) {
    const group = groupOf(operation);
    const seen = group && seenByStarter(worker, group);
    if (!group || !seen || identityOf(seen) !== joins) continue;
    const at = placeOf(model, operation.at);
    return [
      { function: model, group, at, startedAt: placeOf(starter, spawn.at), otherAt: undefined },
    ];
  }
  return [];
}

/**
 * Every way from a start of a worker to the next one passes the Wait. Where the Add stands outside the loop, the Wait of the first
 * pass waits for workers that are not started yet; where it stands in the loop, there is one worker at a time.
 */
function waitInLoop(model: FunctionModel): (WaitGroupFault & { readonly isForEver: boolean })[] {
  return model.blocks.flatMap((block, index) =>
    block.operations.flatMap((wait, position) => {
      if (wait.kind !== "wait" || wait.object !== "waitgroup" || !returnsTo(model, index))
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
        (other, at) => other.operations.some(isMade) && returnsTo(model, at),
      );
      const addsOutside = model.blocks.some(
        (other, at) => other.operations.some(isAdd) && !returnsTo(model, at),
      );
      const addsInside = model.blocks.some(
        (other, at) => other.operations.some(isAdd) && returnsTo(model, at),
      );
      const after = before.slice(before.indexOf(start) + 1);
      const isBusy = after.some(({ kind }) => kind !== "assign");
      const isForEver = addsOutside && !addsInside;
      if (isFresh || (!addsInside && !isForEver) || (isBusy && !isForEver)) return [];
      if (addsOutside && addsInside) return [];
      return [
        {
          function: model,
          group: wait.on,
          at: placeOf(model, wait.at),
          startedAt: placeOf(model, start.at),
          otherAt: undefined,
          isForEver,
        },
      ];
    }),
  );
}
