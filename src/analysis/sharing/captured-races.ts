import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey, type Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { STARTING } from "../goroutine-starts.ts";
import { type StartedParameters, startedParameters } from "../started-parameters.ts";
import { clocksOf, Joins } from "./joins.ts";
import {
  type FunctionAccesses,
  type MemoryAccess,
  type MemoryAccesses,
  memoryAccesses,
  shareALock,
  touchTheSame,
} from "./memory-accesses.ts";
import { isForOneItem } from "./own-items.ts";
import { reachedFrom } from "./reached.ts";

/**
 * A goroutine and the function that started it (or another run of the same goroutine) use one variable with nothing between:
 *
 *     go func() { err = flush() }()
 *     if err != nil { … }                    // no receive, no Wait before it
 *
 *     for _, url := range urls {
 *         go func() { sizes[url] = get(url) }()   // and so does the goroutine of the next pass
 *     }
 *
 * A receive, a Wait, or a call that may do either ends the search, and so does a receive in the goroutine, which may be the
 * signal that the function is done with the variable. Elements of slices are left out: each may have its own.
 */
export interface CapturedRace {
  readonly kind: "map" | "append" | "variable" | "field";
  /** The goroutine's access. */
  readonly access: MemoryAccess;
  /** The other one: of the function, of another goroutine, or the same in the next pass. */
  readonly other: MemoryAccess;
  readonly by: "function" | "goroutine" | "itself";
  readonly startedAt: Place;
  /** Where the goroutine's access and the other one stand. */
  readonly at: Place;
  readonly otherAt: Place;
  /** What the other one does: `save reads it`. */
  readonly meanwhile: string;
  readonly trace: Trace;
}

export const capturedRaces = defineAnalysis("captured races", (use): CapturedRace[] => {
  const functions = use(program);
  const starts = use(startedParameters);
  const finder = new RaceFinder(functions, use(memoryAccesses), starts);
  const speaking = new Map(
    [...functions.functionsWith(STARTING), ...starts.handing].map((one) => [one.id, one]),
  );
  return [...speaking.values()].flatMap(({ id, file }) => {
    if (!functions.isJudged(file)) return [];
    return finder.in(id);
  });
});

/** A goroutine that a function starts, with what it touches of its surroundings. */
interface Started {
  /** The call, where another function starts what it is given. */
  readonly spawn: OperationOf<"spawn"> | OperationOf<"call">;
  /** Whether it goes on behind `spawn`, and whether several run at once. */
  readonly isLeft: boolean;
  readonly isMany: boolean;
  readonly takesTurns: boolean;
  readonly accesses: readonly GoroutineAccess[];
  readonly model: FunctionModel;
  /** Channels that it receives from, and those that it both receives from and sends to. */
  readonly receives: ReadonlySet<string>;
  readonly both: ReadonlySet<string>;
}

interface GoroutineAccess extends MemoryAccess {
  /** Before the goroutine has received anything that may order it; a worker's `for job := range jobs` does not. */
  readonly isEarly: boolean;
  /** The channel of that worker: what its loop does comes after the first send. */
  readonly work: AccessPath | undefined;
  /** The same, workers' `for range jobs` not counted. */
  readonly isOpen: boolean;
}

class RaceFinder {
  readonly #program: Program;
  readonly #accesses: MemoryAccesses;
  readonly #starts: StartedParameters;
  readonly #joins: Joins;

  constructor(functions: Program, accesses: MemoryAccesses, starts: StartedParameters) {
    this.#program = functions;
    this.#accesses = accesses;
    this.#starts = starts;
    this.#joins = new Joins(functions);
  }

  in(id: FunctionId): CapturedRace[] {
    const around = this.#accesses.of(id);
    if (!around) return [];
    const started = around.calls.flatMap(({ operation }) =>
      operation.kind === "spawn" ? (this.#started(operation) ?? []) : this.#handedOver(operation),
    );
    const found = new Map<string, CapturedRace>();
    for (const one of started)
      for (const race of this.#racesOf(around, one, started)) {
        // A method that is handed over forgets its lock once.
        const what =
          one.model.role === "method" ? "" : `${race.access.key} ${race.access.isElement}`;
        const fault = `${one.spawn.at.start} ${what}`;
        if (!found.has(fault)) found.set(fault, race);
      }
    return [...found.values()];
  }

  /** A goroutine whose body stands in the function; what else may be started is another analysis's business. */
  #started(spawn: OperationOf<"spawn">): Started | undefined {
    if (spawn.callee.kind !== "static") return undefined;
    const how = { isLeft: true, isMany: false, takesTurns: false };
    return this.#goroutine(spawn, spawn.callee.function, how);
  }

  /** Function literals that are given to a function which starts them. */
  #handedOver(call: OperationOf<"call">): Started[] {
    return call.arguments.flatMap((value) => {
      if (value.kind !== "function") return [];
      const start = this.#starts.startOf(call, value);
      if (!start || (start.waits && !start.isMany)) return [];
      const { isMany, takesTurns } = start;
      return (
        this.#goroutine(call, value.function, { isLeft: !start.waits, isMany, takesTurns }) ?? []
      );
    });
  }

  #goroutine(
    spawn: Started["spawn"],
    id: FunctionId,
    how: Pick<Started, "isLeft" | "isMany" | "takesTurns">,
  ): Started | undefined {
    const role = this.#program.header(id)?.role;
    if (role !== "closure" && !(role === "method" && how.isMany)) return undefined;
    const inside = this.#accesses.of(id);
    if (!inside) return undefined;
    const [receives, sends] = channelsOf(inside.model);
    return {
      ...how,
      spawn,
      model: inside.model,
      accesses: this.#outerAccesses(inside, NESTED),
      receives,
      both: new Set([...receives].filter((key) => sends.has(key))),
    };
  }

  /** What a goroutine touches that it did not declare, its own closures included. */
  #outerAccesses(inside: FunctionAccesses, depth: number): GoroutineAccess[] {
    const { model } = inside;
    const early = reachedFrom(model, "entry", isSignal, () => false);
    const atOnce = reachedFrom(model, "entry", isSignal);
    const work = workOf(model);
    const open = reachedFrom(model, "entry", (one) => isSignal(one) && !isWork(one));
    const hasSignal = hasOperation(model, isSignal);
    const hasGate = hasOperation(model, (one) => isSignal(one) && !isWork(one));
    const inBlocks = operationsInBlocks(model);
    const isEarly = (one: Operation) => (inBlocks.has(one) ? early.has(one) : !hasSignal);
    const isOpen = (one: Operation) => (inBlocks.has(one) ? open.has(one) : !hasGate);
    const own = inside.accesses
      .filter(({ path }) => !isDeclaredIn(path, model.id) || isOfReceiver(path))
      .map((access) => ({
        ...access,
        isEarly: isEarly(access.operation),
        isOpen: isOpen(access.operation),
        work: atOnce.has(access.operation) ? undefined : work,
      }));
    if (depth === 0) return own;
    const once = onceCalls(model);
    const nested = inside.calls.flatMap(({ operation, held }) => {
      if (operation.kind !== "call" || operation.callee.kind !== "static") return [];
      const { function: id } = operation.callee;
      const header = this.#program.header(id);
      if (header?.role !== "closure" || once.has(operation)) return [];
      const callee = this.#accesses.of(id);
      if (!callee) return [];
      return this.#outerAccesses(callee, depth - 1)
        .filter(({ path }) => !isDeclaredIn(path, model.id))
        .map((access) => ({
          ...access,
          held: [...access.held, ...held],
          perhapsHeld: new Set([...access.perhapsHeld, ...held.map(({ key }) => key)]),
          isEarly: access.isEarly && isEarly(operation),
          isOpen: access.isOpen && isOpen(operation),
        }));
    });
    return [...own, ...nested];
  }

  *#racesOf(
    around: FunctionAccesses,
    one: Started,
    all: readonly Started[],
  ): Generator<CapturedRace> {
    const clocks = clocksOf(around.model);
    const capacities = capacitiesOf(around.model);
    const isExclusive = one.takesTurns || takesTurns(one, capacities);
    const joins = (operation: Operation): boolean => this.#joins.isJoin(operation, clocks);
    for (const access of inOrder(one.accesses)) {
      if (isHarmless(access)) continue;
      const root = access.path.root.kind === "variable" ? access.path.root.variable : undefined;
      const declares = (operation: Operation): boolean =>
        // `var handler handlerContext`, whose context is an object, is made and not written.
        (operation.kind === "write" || operation.kind === "make") &&
        operation.path.steps.length === 0 &&
        operation.at.start === root?.at.start &&
        root.at.file === around.model.file;
      const behind = (stops: (send: OperationOf<"send">) => boolean) =>
        reachedFrom(
          around.model,
          one.spawn,
          (operation) =>
            joins(operation) ||
            declares(operation) ||
            (operation.kind === "send" && stops(operation)),
        );
      const passed = behind((send) => handsOver(send, one, capacities));
      // Filling a semaphore to the brim waits for those who have a slot.
      const reached = behind((send) => handsOver(send, one, NONE));
      const itself = isExclusive ? undefined : this.#itself(access, one, passed, around.model);
      if (itself) yield describe(around.model, access, itself, "itself", one);
      if (!one.isLeft) continue;
      const parents = access.isEarly
        ? around.accesses.find(
            (other) =>
              reached.has(other.operation) &&
              isConflict(access, other) &&
              !isForCallersToLock(access, other) &&
              !isBeforeWork(around.model, access, other, one, all),
          )
        : undefined;
      if (parents) yield describe(around.model, access, parents, "function", one);
      const sibling = access.isEarly ? otherGoroutine(access, one, all, reached) : undefined;
      if (sibling) yield describe(around.model, access, sibling, "goroutine", one);
    }
  }

  /** The goroutine of the next pass, or another of several, writes the same variable. */
  #itself(
    access: GoroutineAccess,
    one: Started,
    reached: ReadonlySet<Operation>,
    starter: FunctionModel,
  ): MemoryAccess | undefined {
    const isNext = one.isLeft && reached.has(one.spawn);
    const isAgain = access.isWrite && access.isOpen && (one.isMany || isNext);
    const isAlone = access.held.length === 0 && access.perhapsHeld.size === 0;
    if (!isAgain || !isAlone || isOfFirst(access) || isBesideClose(access)) return undefined;
    return isForOneItem(starter, access.model, access.operation) ? undefined : access;
  }
}

const SWAPS = /^sync\/atomic\..*Swap/;

/** `if first.CompareAndSwap(false, true) { err = … }`: one of the goroutines alone comes to it. */
function isOfFirst({ model, operation }: MemoryAccess): boolean {
  const isSwap = (one: Operation): boolean =>
    one.kind === "call" && one.callee.kind === "external" && SWAPS.test(one.callee.name);
  return hasOperation(model, isSwap) && !reachedFrom(model, "entry", isSwap).has(operation);
}

/** `close(found); result = key`: a channel that is older than the goroutine is closed once, and so what stands beside it runs once. */
function isBesideClose({ model, operation }: MemoryAccess): boolean {
  return model.blocks.some(
    ({ operations }) =>
      operations.includes(operation) &&
      operations.some((one) => one.kind === "close" && !isDeclaredIn(one.channel, model.id)),
  );
}

/** The goroutine locks for a field: the callers of a function that nobody calls from outside may have locked as well. */
function isForCallersToLock(access: MemoryAccess, { held, model, path }: MemoryAccess): boolean {
  if (access.held.length === 0 || held.length > 0 || path.steps.length === 0) return false;
  return !(model.isExported || model.isTest || model.name === "main");
}

/**
 * The function is done with it before it sends anything, and so has nobody given the worker what to do:
 *
 *     go func() { for id := range gone { delete(items, id) } }()
 *     for id := range items { … }
 *     found <- all                      // others look at these, and send on gone
 */
function isBeforeWork(
  model: FunctionModel,
  { work }: GoroutineAccess,
  other: MemoryAccess,
  one: Started,
  all: readonly Started[],
): boolean {
  const root = work?.root;
  if (!work || root?.kind !== "variable" || root.variable.declaredIn !== model.id) return false;
  // A channel that comes from elsewhere is fed there.
  const key = pathKey(work);
  const isMade = (operation: Operation): boolean =>
    operation.kind === "make" && pathKey(operation.path) === key;
  if (!hasOperation(model, isMade)) return false;
  const isSent = (operation: Operation): boolean =>
    operation.kind === "send" || operation.kind === "close" || handsOn(operation, root.variable);
  const feeds = model.blocks.flatMap(({ operations, end }) => [
    ...operations.filter(isSent),
    ...(end.kind === "select" ? end.cases.map(({ operation }) => operation).filter(isSent) : []),
  ]);
  const isAfterFeed = feeds.some((feed) =>
    reachedFrom(model, feed, () => false).has(other.operation),
  );
  const isFedAtOnce = all.some(
    (starter) => starter !== one && [...reachedFrom(starter.model, "entry", isSignal)].some(isSent),
  );
  return !isAfterFeed && !isFedAtOnce;
}

/** A call that is given the channel. */
function handsOn(operation: Operation, variable: Variable): boolean {
  return (
    operation.kind === "call" &&
    operation.arguments.some(
      (value) =>
        value.kind === "path" &&
        value.path.root.kind === "variable" &&
        value.path.root.variable === variable,
    )
  );
}

/** The channel that a worker goes through. */
function workOf({ blocks }: FunctionModel): AccessPath | undefined {
  for (const { operations } of blocks)
    for (const one of operations) if (one.kind === "receive" && one.isRange) return one.channel;
  return undefined;
}

const NONE: ReadonlySet<string> = new Set();
/** How deep closures in closures are followed. */
const NESTED = 3;

function otherGoroutine(
  access: GoroutineAccess,
  one: Started,
  all: readonly Started[],
  reached: ReadonlySet<Operation>,
): MemoryAccess | undefined {
  for (const other of all) {
    if (other === one || !other.isLeft || !reached.has(other.spawn)) continue;
    if (one.takesTurns && other.takesTurns) continue;
    const conflict = other.accesses.find((theirs) => theirs.isEarly && isConflict(access, theirs));
    if (conflict) return conflict;
  }
  return undefined;
}

function isConflict(left: MemoryAccess, right: MemoryAccess): boolean {
  return (
    left.key === right.key &&
    (left.isWrite || right.isWrite) &&
    !isHarmless(right) &&
    touchTheSame(left, right) &&
    !shareALock(left, right)
  );
}

/** Elements of slices: each goroutine may have its own. Channels and functions of a path are looked at by everybody. */
function isHarmless({ isElement, holds, path }: MemoryAccess): boolean {
  if (isElement && holds !== "map") return true;
  return path.steps.some(({ kind }) => kind !== "field");
}

function inOrder(accesses: readonly GoroutineAccess[]): readonly GoroutineAccess[] {
  const writes = accesses.filter(({ isWrite }) => isWrite);
  return [...writes, ...accesses.filter(({ isWrite }) => !isWrite)];
}

function isDeclaredIn({ root }: MemoryAccess["path"], id: FunctionId): boolean {
  return root.kind !== "variable" || root.variable.declaredIn === id;
}

/** Of a method that is run as a value, the fields of its receiver are shared. */
function isOfReceiver({ root, steps }: MemoryAccess["path"]): boolean {
  return root.kind === "variable" && root.variable.role === "receiver" && steps.length > 0;
}

/** What may tell a goroutine that somebody else is done. */
function isSignal(operation: Operation): boolean {
  return operation.kind === "receive" || operation.kind === "wait";
}

/** A worker takes its next job: that orders it with nobody but the sender. */
function isWork(operation: Operation): boolean {
  return operation.kind === "receive" && (operation.isRange === true || operation.bindsOk === true);
}

function hasOperation({ blocks }: FunctionModel, matches: (one: Operation) => boolean): boolean {
  return blocks.some(
    ({ operations, end }) =>
      operations.some(matches) ||
      (end.kind === "select" && end.cases.some(({ operation }) => matches(operation))),
  );
}

function operationsInBlocks({ blocks }: FunctionModel): ReadonlySet<Operation> {
  return new Set(blocks.flatMap(({ operations }) => operations));
}

/** Calls that a `sync.Once` makes: one goroutine alone gets there. */
function onceCalls({ blocks }: FunctionModel): ReadonlySet<Operation> {
  return new Set(
    blocks.flatMap(({ kind, operations }) => (kind === "once-first" ? operations : [])),
  );
}

/** Keys of the channels that a function receives from and sends to, deferred operations included. */
function channelsOf({ blocks }: FunctionModel): [ReadonlySet<string>, ReadonlySet<string>] {
  const receives = new Set<string>();
  const sends = new Set<string>();
  const note = (operation: Operation): void => {
    if (operation.kind === "defer") operation.operations.forEach(note);
    if (operation.kind !== "receive" && operation.kind !== "send") return;
    const key = pathKey(operation.channel);
    if (key !== undefined) (operation.kind === "receive" ? receives : sends).add(key);
  };
  for (const { operations, end } of blocks) {
    operations.forEach(note);
    if (end.kind === "select") for (const { operation } of end.cases) note(operation);
  }
  return [receives, sends];
}

/** Channels that a function makes with room for more than one; who writes a size that is no number means more. */
function capacitiesOf({ blocks }: FunctionModel): ReadonlySet<string> {
  const wide = new Set<string>();
  for (const { operations } of blocks)
    for (const operation of operations) {
      if (operation.kind !== "make" || !operation.capacity) continue;
      const { capacity } = operation;
      const key = pathKey(operation.path);
      const isWide = capacity.kind !== "known" || capacity.value > 1;
      if (key !== undefined && isWide) wide.add(key);
    }
  return wide;
}

/** A channel with room for one, which the goroutine fills and empties, lets one goroutine through at a time. */
function takesTurns({ both }: Started, wide: ReadonlySet<string>): boolean {
  return [...both].some((key) => !wide.has(key));
}

/** The function waits until the goroutine takes what it sends. */
function handsOver(
  { channel }: OperationOf<"send">,
  { receives }: Started,
  wide: ReadonlySet<string>,
): boolean {
  const key = pathKey(channel);
  return key === undefined || (receives.has(key) && !wide.has(key));
}

function kindOf(access: MemoryAccess): CapturedRace["kind"] {
  if (access.isElement && access.isWrite) return "map";
  const { operation, holds, path } = access;
  if (operation.kind === "write" && operation.isCompound && holds === "slice") return "append";
  return path.steps.length > 0 ? "field" : "variable";
}

function describe(
  model: FunctionModel,
  access: MemoryAccess,
  other: MemoryAccess,
  by: CapturedRace["by"],
  { spawn, isMany }: Started,
): CapturedRace {
  const startedAt = placeIn(model, spawn.at);
  const next = isMany ? "another goroutine that runs it" : "the goroutine of the next pass";
  const does = ({ isWrite, isElement, path }: MemoryAccess): string =>
    `${isWrite ? "writes" : "reads"} ${isElement ? "an element of " : ""}${path.text}`;
  const step = (thread: number, at: Place, action: string) => ({
    thread,
    at,
    action,
    waits: false,
  });
  const inOther = placeIn(other.model, other.operation.at);
  const inThis = placeIn(access.model, access.operation.at);
  const threads = [model.name, access.model.name];
  if (by !== "function") threads.push(by === "itself" ? next : other.model.name);
  return {
    kind: kindOf(access),
    access,
    other,
    by,
    startedAt,
    at: inThis,
    otherAt: inOther,
    meanwhile:
      by === "itself"
        ? `${next} does the same`
        : `${by === "function" ? model.name : "another goroutine"} ${other.isWrite ? "writes" : "reads"} it`,
    trace: {
      threads,
      steps: [
        step(0, startedAt, "starts the goroutine"),
        step(1, inThis, does(access)),
        step(by === "function" ? 0 : 2, inOther, `${does(other)}, perhaps at the same time`),
      ],
    },
  };
}
