import type { Condition, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { impliedByNumbers, isLimit } from "../number-tests.ts";
import { repeatedConditions } from "../path-facts.ts";
import type { Acquisition, Deciding, LockStep } from "./acquisition.ts";
import { type FieldNames, fieldNames, named, withFieldNames } from "./field-names.ts";
import type { Callback, LeftHeld, LockSummary, SummaryOf, WaitBelow } from "./lock-summary.ts";
import {
  calledBack,
  certainCallee,
  keysAtCall,
  leadsBack,
  nameAtCall,
  namedAt,
  nameThroughField,
  takenAt,
  waitedAt,
  waitingAt,
} from "./locks-of-callees.ts";
import { areOfFieldsApart, mayBeOne } from "./may-be-one.ts";
import { aliasesIn, conditionKeys, functionVariables, releasedTwice } from "./names-in-function.ts";
import {
  forgetHopes,
  handing,
  lastIndexOf,
  losing,
  type PathState,
  released,
  START,
  stateKey,
  unknowing,
} from "./path-state.ts";
import { handedOut, handedOutAlways, heldOnSuccess, type WayOut } from "./returned-locks.ts";
import type { StoredFunction } from "./stored-functions.ts";
import { atCall, isBelow, isVisibleToCallers } from "./substitute.ts";
import type {
  CallUnderLocks,
  HeldAtReturn,
  LockOrder,
  LockWalk,
  Mismatch,
  Relock,
  SecondRelease,
  StoredCall,
  Waiting,
  WaitUnderLock,
} from "./walk-outcome.ts";

/** Blocks entered in different states, by one function: sizes, never time. */
const MOST_STATES = 1_500;
const MOST_HELD = 8;
/** Waits that callers are told of. */
const MOST_WAITS = 24;
/** Beyond so many functions that a call may run, nothing is said of any. */
const MOST_CANDIDATES = 3;

/** Is told each operation with what is held before it, once for each state in which it is reached. `lost`: perhaps held. */
export type Observe = (
  operation: Operation,
  held: readonly Acquisition[],
  lost: ReadonlySet<string>,
) => void;

/** Walks every path of a function, as far as paths differ in what they hold; `summaryOf` says what callees do. */
export function walkLocks(
  model: FunctionModel,
  summaryOf: SummaryOf,
  observe?: Observe,
  storedIn?: StoredIn,
): LockWalk {
  return new Walker(model, summaryOf, observe, storedIn).run();
}

/** Functions that are kept in a field, by its slot. */
export type StoredIn = (slot: string) => readonly StoredFunction[];

class Walker {
  readonly #model: FunctionModel;
  readonly #summaryOf: SummaryOf;
  readonly #observe: Observe | undefined;
  readonly #storedIn: StoredIn | undefined;
  /** Keys of all conditions, and of those that come again. */
  readonly #tested: ReadonlySet<string>;
  readonly #repeated: ReadonlySet<string>;
  readonly #parameters: readonly string[];
  readonly #relocks = new Map<string, Relock>();
  readonly #heldAtReturn = new Map<string, HeldAtReturn>();
  readonly #mismatches = new Map<number, Mismatch>();
  readonly #secondReleases = new Map<number, SecondRelease>();
  /** Locks that more than one statement releases. */
  readonly #releasedTwice: ReadonlySet<string>;
  readonly #waits = new Map<string, WaitUnderLock>();
  readonly #waitsBelow = new Map<string, WaitBelow>();
  readonly #acquisitions = new Map<string, Acquisition>();
  readonly #released = new Set<string>();
  readonly #releasedFor = new Set<FunctionId>();
  readonly #acquires = new Map<string, Acquisition>();
  readonly #orders = new Map<string, LockOrder>();
  readonly #calls = new Map<string, CallUnderLocks>();
  readonly #storedCalls = new Map<number, StoredCall>();
  readonly #hidden = new Map<string, Acquisition>();
  readonly #callbacks = new Map<string, Callback>();
  /** Function literals in variables that never hold anything else. */
  readonly #functions: ReadonlyMap<string, Value>;
  /** Fields and elements that a local stands for as long as it lives. */
  readonly #aliases: ReadonlyMap<string, AccessPath>;
  readonly #fieldNames: FieldNames;
  readonly #exits: WayOut[] = [];

  constructor(
    model: FunctionModel,
    summaryOf: SummaryOf,
    observe: Observe | undefined,
    storedIn: StoredIn | undefined,
  ) {
    this.#storedIn = storedIn;
    this.#model = model;
    this.#observe = observe;
    this.#summaryOf = summaryOf;
    this.#tested = new Set(conditionKeys(model));
    this.#repeated = repeatedConditions(model);
    this.#parameters = model.parameters.map(({ id }) => id);
    this.#releasedTwice = releasedTwice(model);
    this.#functions = functionVariables(model);
    this.#aliases = aliasesIn(model);
    this.#fieldNames = fieldNames(model);
  }

  run(): LockWalk {
    const seen = new Set<string>();
    const waiting: PathState[] = [START];
    let isComplete = true;
    for (let state = waiting.pop(); state; state = waiting.pop()) {
      const key = stateKey(state);
      if (seen.has(key)) continue;
      if (seen.size >= MOST_STATES || state.held.length > MOST_HELD) {
        isComplete = false;
        break;
      }
      seen.add(key);
      const block = this.#model.blocks[state.block];
      if (!block) continue;
      let after = state;
      for (const operation of block.operations) {
        if (after.isStuck) break;
        after = this.#operate(after, operation);
      }
      if (!after.isStuck && !block.operations.some(neverReturns))
        waiting.push(...this.#leave(after, block.end));
    }
    return {
      model: this.#model,
      relocks: [...this.#relocks.values()],
      heldAtReturn: [...this.#heldAtReturn.values()],
      mismatches: [...this.#mismatches.values()],
      secondReleases: [...this.#secondReleases.values()],
      waits: [...this.#waits.values()],
      acquisitions: [...this.#acquisitions.values()],
      orders: [...this.#orders.values()],
      calls: [...this.#calls.values()],
      storedCalls: [...this.#storedCalls.values()],
      released: this.#released,
      releasedFor: this.#releasedFor,
      givenUp: this.#exits.flatMap(({ givenUp }) => [...givenUp.values()]),
      summary: this.#summary(isComplete),
      isComplete,
    };
  }

  #operate(state: PathState, asWritten: Operation): PathState {
    this.#observe?.(asWritten, state.held, state.lost);
    const operation = withFieldNames(asWritten, this.#fieldNames);
    switch (operation.kind) {
      case "acquire":
        return this.#acquire(state, operation);
      case "release":
        return this.#release(state, operation);
      case "call":
        return this.#call(state, operation);
      case "spawn":
        return this.#spawn(state, operation);
      case "defer":
        return state.deferred.includes(operation)
          ? state
          : { ...state, deferred: [...state.deferred, operation] };
      case "assign": {
        const { target, value } = operation;
        const kept = target.steps.length > 0 ? this.#handingTo(state, [value]) : state;
        return this.#learning(losing(kept, [pathKey(target), keyOf(value)], target), operation);
      }
      case "write": {
        const { path, value } = operation;
        const kept = path.steps.length > 0 ? this.#handingTo(state, [value]) : state;
        return losing(kept, [pathKey(path), keyOf(value)], path);
      }
      case "escape":
        return this.#handingTo(handing(state, [keyOf(operation.value)]), [operation.value]);
      case "send":
      case "receive":
      case "wait":
        this.#waitsAt(state, this.#waitHere(operation, []));
        return state;
      default:
        return state;
    }
  }

  /** `guard{release: func() { mu.Unlock() }}`: whoever has the closure releases the lock, or locks it again. */
  #handingTo(state: PathState, values: readonly Value[]): PathState {
    const keys = values.flatMap((value) => {
      const summary = value.kind === "function" && this.#summaryOf(value.function, false);
      if (!summary) return [];
      const { givesUp, uncertain, leavesHeld } = summary;
      return [...givesUp, ...uncertain, ...leavesHeld.map(lockOf)].flatMap(
        (lock) => pathKey(lock) ?? [],
      );
    });
    return keys.length === 0 ? state : unknowing(handing(state, keys), keys);
  }

  /** `locked = true` decides a later `if locked`. */
  #learning(state: PathState, { target, value }: OperationOf<"assign">): PathState {
    const key = pathKey(target);
    if (key === undefined || value.kind !== "constant" || !this.#tested.has(key)) return state;
    if (value.text !== "true" && value.text !== "false") return state;
    const facts = new Map(state.facts).set(key, { holds: value.text === "true", reads: [key] });
    return { ...state, facts };
  }

  #waitsAt(
    state: PathState,
    wait: Omit<WaitBelow, "without">,
    without: readonly AccessPath[] = [],
  ): void {
    const path = waitedAt(wait.operation);
    const site = `${wait.operation.at.start} ${pathKey(path)} ${path.slot}`;
    const held = keptWhileWaiting(state.held, wait.operation).filter(
      (one) => !without.some((lock) => isNamed(lock, one)),
    );
    if (held.length > 0 && !this.#waits.has(site)) this.#waits.set(site, { ...wait, held });
    const isKnown = isVisibleToCallers(path, this.#model) || path.slot !== undefined;
    if (isKnown && !this.#waitsBelow.has(site) && this.#waitsBelow.size < MOST_WAITS)
      this.#waitsBelow.set(site, { ...wait, without: [...without, ...state.givenUp.values()] });
  }

  #waitHere(operation: Waiting, others: readonly Waiting[]): Omit<WaitBelow, "without"> {
    const place = { file: this.#model.file, ...operation.at };
    return { operation, others, place, steps: [] };
  }

  #acquire(state: PathState, operation: OperationOf<"acquire">): PathState {
    const again = directAcquisition(this.#model, operation);
    this.#note(state, again);
    if (again.key === "" || state.lost.has(again.key)) return state;
    // The next pass of a loop that has not unlocked: it comes no further. Of elements it locks another one.
    if (state.held.some((held) => held.key === again.key && held.at.start === again.at.start))
      return isOfElement(again.lock)
        ? losing(state, [again.key], undefined)
        : { ...state, isStuck: true };
    return taking(state, again);
  }

  /** Keeps what callers must know of an acquisition, and what was held before it. */
  #note(state: PathState, asked: Acquisition): void {
    const again = withReleased(this.#named(asked), state);
    this.#order(state, again);
    if (again.key === "") {
      if (again.leadsBack) this.#noteByField(state, again);
      if (!isGivenUp(state, again)) this.#hide(again);
      return;
    }
    const site = `${again.key} ${again.at.start}`;
    if (!this.#acquisitions.has(site)) this.#acquisitions.set(site, again);
    const held = state.held.find(({ key }) => key === again.key);
    if (!held && again.leadsBack) this.#noteByField(state, again);
    if (held && !state.lost.has(again.key) && !isNextElement(held, again)) {
      const pair = `${held.at.start} ${again.at.start} ${again.steps.length}`;
      const known = this.#relocks.get(pair);
      if (!known || again.under.length < known.again.under.length)
        this.#relocks.set(pair, {
          held,
          again,
          decidedAt: state.decidedAt,
          jumpedAt: state.jumpedAt,
        });
    }
    if (held || state.givenUp.has(again.key) || isGivenUp(state, again)) return;
    const under = [...new Set([...state.under, ...again.under])];
    if (!isVisibleToCallers(again.lock, this.#model)) {
      this.#hide({ ...again, under });
      return;
    }
    const known = this.#acquires.get(`${again.key} ${again.mode}`);
    if (!known || under.length < known.under.length)
      this.#acquires.set(`${again.key} ${again.mode}`, { ...again, under });
  }

  /** What a callee took, over the fields of an object that was made here. */
  #named(one: Acquisition): Acquisition {
    const lock = one.key === "" ? one.lock : named(one.lock, this.#fieldNames);
    return lock === one.lock ? one : { ...one, lock, key: pathKey(lock) ?? "" };
  }

  /** The lock of a held one's field, reached over an object that leads back to where it is held. */
  #noteByField(state: PathState, again: Acquisition): void {
    const { slot } = again.lock;
    const held = state.held.find(
      ({ lock, key }) =>
        lock.slot === slot &&
        mayBeOne(lock, again.lock) &&
        !areOfFieldsApart(lock, again.lock) &&
        !state.lost.has(key),
    );
    if (!held || isGivenUp(state, again)) return;
    const pair = `${held.at.start} ${again.at.start} ${again.steps.length}`;
    if (!this.#relocks.has(pair))
      this.#relocks.set(pair, {
        held,
        again,
        decidedAt: state.decidedAt,
        jumpedAt: state.jumpedAt,
      });
  }

  /** Callers cannot name the lock: they know it by its field alone. */
  #hide(again: Acquisition): void {
    const { slot } = again.lock;
    if (slot === undefined) return;
    const known = this.#hidden.get(`${slot} ${again.mode}`);
    if (!known || again.steps.length < known.steps.length)
      this.#hidden.set(`${slot} ${again.mode}`, { ...again, key: "" });
  }

  #order(state: PathState, then: Acquisition): void {
    const held = state.held.filter((one) => !then.without?.some((lock) => isNamed(lock, one)));
    if (held.length === 0) return;
    const before = held.map(({ key, mode, at }) => `${key}${mode}${at.start}`).join();
    const pair = `${before} ${then.key} ${then.lock.slot} ${then.mode} ${then.at.start}`;
    const known = this.#orders.get(pair);
    if (!known || then.under.length < known.then.under.length)
      this.#orders.set(pair, { held, then });
  }

  #release(state: PathState, operation: OperationOf<"release">): PathState {
    const key = pathKey(operation.lock);
    if (key === undefined || state.lost.has(key)) return state;
    const index =
      lastIndexOf(state.held, (held) => held.key === key && held.mode === operation.mode) ??
      lastIndexOf(state.held, (held) => held.key === key);
    if (index === undefined) {
      const first = state.letGo.get(key);
      if (first) this.#secondReleases.set(operation.at.start, { release: operation, first });
      const givenUp = new Map(state.givenUp).set(key, operation.lock);
      return { ...state, givenUp };
    }
    const held = state.held[index];
    if (held && held.mode !== operation.mode && held.steps.length === 1)
      this.#mismatches.set(operation.at.start, { held, release: operation });
    this.#noteReleased(held);
    const left = state.held.filter((_, at) => at !== index);
    const isFree = this.#releasedTwice.has(key) && left.every((one) => one.key !== key);
    const letGo = isFree ? new Map(state.letGo).set(key, operation.at) : state.letGo;
    return { ...state, held: left, letGo };
  }

  #noteReleased(held: Acquisition | undefined): void {
    if (!held) return;
    this.#released.add(held.key);
    if (held.by !== undefined) this.#releasedFor.add(held.by);
  }

  #call(before: PathState, operation: OperationOf<"call">): PathState {
    const results = operation.results.flatMap((path) => (path ? [pathKey(path)] : []));
    const state = losing(before, results, undefined);
    const { callee } = operation;
    const certain = certainCallee(callee);
    if (certain === undefined) return this.#callPerhaps(state, operation);
    const summary = this.#summaryOf(certain, state.held.length > 0 || speaksOfLocks(operation));
    this.#remember(state, certain, operation);
    if (!summary && callee.kind === "external") return this.#callPerhaps(state, operation);
    if (!summary)
      return this.#handingTo(handing(state, operation.arguments.map(keyOf)), operation.arguments);
    this.#noteCallee(state, operation, summary, []);
    let after = this.#handingTo(state, operation.arguments);
    const name = summary.header.name;
    const call = { at: { file: this.#model.file, ...operation.at }, action: `calls ${name}` };
    for (const lock of summary.givesUp) {
      const path = atCall(lock, summary.header, operation);
      const key = path && pathKey(path);
      if (path && key !== undefined) {
        this.#noteReleased(after.held.findLast((held) => held.key === key));
        after = released(after, key, path);
      }
    }
    const left = summary.leavesHeld.map((held): LeftHeld => ({ result: undefined, held }));
    for (const one of [...left, ...summary.handsOut]) {
      const held = takenAt(one, summary, operation, call);
      if (held && !after.lost.has(held.key)) after = taking(after, held);
    }
    after = losing(after, keysAtCall(summary.uncertain, summary, operation), undefined);
    return this.#hoping(after, summary, operation, call);
  }

  /** What the call has taken, if the error that it returns is nil. */
  #hoping(
    state: PathState,
    summary: LockSummary,
    operation: OperationOf<"call">,
    call: LockStep,
  ): PathState {
    const error = operation.results.at(-1);
    const key = error && pathKey(error);
    if (summary.onSuccess.length === 0 || key === undefined) return state;
    const taken = summary.onSuccess.flatMap((one) => takenAt(one, summary, operation, call) ?? []);
    return { ...state, onSuccess: new Map(state.onSuccess).set(key, taken) };
  }

  /** One of several functions is called, or one that nobody knows: what they take may be taken, what they release may be. */
  #callPerhaps(before: PathState, operation: OperationOf<"call">): PathState {
    this.#callParameter(before, operation);
    const { callee, arguments: values } = operation;
    let after = this.#handingTo(handing(before, values.map(keyOf)), values);
    this.#callStored(before, operation);
    if (operation.callsBack) this.#callArguments(before, operation);
    if (callee.kind !== "dynamic" || callee.candidates.length > MOST_CANDIDATES) return after;
    for (const candidate of callee.candidates) {
      // A logger that writes to another logger: what it is wrapped around is not one like itself, as a rule.
      if (callee.through === "interface" && candidate === this.#model.id) continue;
      const summary = this.#summaryOf(candidate, before.held.length > 0);
      this.#remember(before, candidate, operation);
      if (!summary) continue;
      this.#noteCallee(before, operation, summary, ["state"]);
      const touched = [...summary.givesUp, ...summary.uncertain, ...summary.leavesHeld.map(lockOf)];
      after = losing(after, keysAtCall(touched, summary, operation), undefined);
    }
    return after;
  }

  #remember({ held }: PathState, callee: FunctionId, operation: OperationOf<"call">): void {
    const key = `${callee} ${held.map(({ lock }) => lock.text).join()}`;
    if (!this.#calls.has(key)) this.#calls.set(key, { callee, operation, held });
  }

  /** What a callee takes, and what it calls back while it holds something. */
  #noteCallee(
    state: PathState,
    operation: OperationOf<"call">,
    summary: LockSummary,
    under: readonly Deciding[],
  ): void {
    const { header } = summary;
    const call = {
      at: { file: this.#model.file, ...operation.at },
      action: `calls ${header.name}`,
    };
    const seen = (one: Acquisition): Acquisition => ({
      ...one,
      ...(one.key === "" ? {} : namedAt(one.lock, summary, operation)),
      ...(leadsBack(one, header) ? { leadsBack: true } : {}),
      ...(one.under.includes("parameter") ? { isTold: true } : {}),
      ...(one.without
        ? { without: one.without.map((path) => nameAtCall(path, header, operation)) }
        : {}),
      at: operation.at,
      steps: [call, ...one.steps],
      under: under.length === 0 ? one.under : [...new Set([...one.under, ...under])],
      ...(under.length === 0 ? {} : { isIndirect: true }),
    });
    for (const acquired of summary.acquires) this.#note(state, seen(acquired));
    for (const acquired of summary.hidden) this.#note(state, seen(acquired));
    for (const { operation: waiting, others, place, steps, without } of summary.waits) {
      const [seenHere, ...seenOthers] = [waiting, ...others].map((one) =>
        waitingAt(one, operation.at, (path) => nameAtCall(path, header, operation)),
      );
      const released = without.map((path) => nameAtCall(path, header, operation));
      const wait = { others: seenOthers, place, steps: [call, ...steps] };
      if (seenHere) this.#waitsAt(state, { operation: seenHere, ...wait }, released);
    }
    for (const callback of summary.callbacks) {
      const given = this.#functionIn(operation.arguments[callback.parameter]);
      if (!given) continue;
      const held = [...state.held, ...callback.held.map(seen).filter(({ key }) => key !== "")];
      const steps = [call, ...callback.steps];
      if (given.kind === "function") this.#callBack({ ...state, held }, operation, given, steps);
      else this.#noteCallback(held, given.path, steps);
    }
  }

  /** `sort.Slice(jobs, s.less)`. */
  #callArguments(state: PathState, operation: OperationOf<"call">): void {
    const { callee, arguments: values, at } = operation;
    const name = callee.kind === "static" ? "" : callee.name;
    const call = { at: { file: this.#model.file, ...at }, action: `calls ${name}` };
    for (const value of values) {
      const given = this.#functionIn(value);
      if (given?.kind === "function") this.#callBack(state, operation, given, [call]);
      else if (given) this.#noteCallback(state.held, given.path, [call]);
    }
  }

  /** A function literal or method value that is handed to a callee, which calls it. */
  #callBack(
    state: PathState,
    { at }: OperationOf<"call">,
    given: Extract<Value, { kind: "function" }>,
    steps: readonly LockStep[],
  ): void {
    const summary = this.#summaryOf(given.function, state.held.length > 0);
    if (!summary) return;
    const receiver = given.receiver ? { receiver: given.receiver } : {};
    const operation: OperationOf<"call"> = {
      kind: "call",
      callee: { kind: "static", function: given.function, ...receiver },
      arguments: [],
      results: [],
      at,
    };
    const called = (one: Acquisition): Acquisition => ({
      ...one,
      at,
      steps: [...steps, ...one.steps],
      under: calledBack(one),
      isIndirect: true,
    });
    for (const one of summary.acquires)
      this.#note(state, { ...called(one), ...namedAt(one.lock, summary, operation) });
    for (const one of summary.hidden) this.#note(state, called(one));
  }

  /** A function that is kept in a field is called: what it captured of the field's owner is this owner. */
  #callStored(state: PathState, operation: OperationOf<"call">): void {
    const { callee, at } = operation;
    if (callee.kind !== "dynamic" || callee.through !== "value") return;
    if (callee.receiver?.kind !== "path") return;
    const path = this.#aliases.get(pathKey(callee.receiver.path) ?? "") ?? callee.receiver.path;
    if (path.slot === undefined) return;
    this.#noteStoredCall(state.held, operation, path);
    for (const stored of this.#storedIn?.(path.slot) ?? []) {
      const summary = this.#summaryOf(stored.function, state.held.length > 0);
      if (!summary) continue;
      const call = {
        at: { file: this.#model.file, ...at },
        action: `calls ${summary.header.name}`,
      };
      for (const one of [...summary.acquires, ...summary.hidden])
        this.#note(state, {
          ...one,
          ...nameThroughField(one, summary.header, stored, path, operation),
          at,
          steps: [call, ...one.steps],
          under: ["state"],
          isIndirect: true,
        });
      for (const wait of summary.waits) {
        const [here, ...others] = [wait.operation, ...wait.others].map((one) =>
          waitingAt(one, at, (name) => ({ ...name, root: { kind: "unknown" } })),
        );
        const { place } = wait;
        const steps = [call, ...wait.steps];
        if (here) this.#waitsAt(state, { operation: here, others, place, steps });
      }
    }
  }

  /** Of several ways to the call, the one that holds most. */
  #noteStoredCall(
    held: readonly Acquisition[],
    operation: OperationOf<"call">,
    path: AccessPath,
  ): void {
    const known = this.#storedCalls.get(operation.at.start);
    if (!known || known.held.length < held.length)
      this.#storedCalls.set(operation.at.start, { operation, path, held });
  }

  /** A parameter that is a function is called: whoever hands one in learns under which locks. */
  #callParameter({ held }: PathState, { callee, at }: OperationOf<"call">): void {
    if (callee.kind !== "dynamic" || callee.through !== "value") return;
    if (callee.receiver?.kind !== "path") return;
    const step = { at: { file: this.#model.file, ...at }, action: `calls ${callee.name}` };
    this.#noteCallback(held, callee.receiver.path, [step]);
  }

  #noteCallback(
    held: readonly Acquisition[],
    { root, steps: below }: AccessPath,
    steps: readonly LockStep[],
  ): void {
    if (root.kind !== "variable" || below.length > 0) return;
    const { role, declaredIn, isReassigned, index } = root.variable;
    if (role !== "parameter" || declaredIn !== this.#model.id || isReassigned) return;
    const key = `${index} ${held.map((one) => one.key).join()}`;
    if (!this.#callbacks.has(key)) this.#callbacks.set(key, { parameter: index, held, steps });
  }

  /** The function that an argument is, or the path of the parameter that holds it. */
  #functionIn(
    value: Value | undefined,
  ): Extract<Value, { kind: "function" } | { kind: "path" }> | undefined {
    if (value?.kind === "function") return value;
    if (value?.kind !== "path") return undefined;
    const known = this.#functions.get(pathKey(value.path) ?? "");
    return known?.kind === "function" ? known : value;
  }

  /** A goroutine that releases what it did not acquire takes the lock over. */
  #spawn(state: PathState, operation: OperationOf<"spawn">): PathState {
    const callee = certainCallee(operation.callee);
    const summary = callee === undefined ? undefined : this.#summaryOf(callee, true);
    const taken = summary
      ? keysAtCall([...summary.givesUp, ...summary.uncertain], summary, operation)
      : [];
    return losing(handing(state, operation.arguments.map(keyOf)), taken, undefined);
  }

  #leave(state: PathState, end: Terminator): PathState[] {
    const to = (block: number): PathState => ({ ...state, block });
    switch (end.kind) {
      case "goto":
        return [end.at ? { ...to(end.to), jumpedAt: end.at } : to(end.to)];
      case "branch":
        return this.#branch(state, end);
      case "switch":
        return end.targets.map(to);
      case "loop":
        return [to(end.exit), to(end.body)];
      case "select":
        return this.#select(state, end);
      case "return":
        this.#return(state, end);
        return [];
      case "panic":
      case "goexit":
      case "exit":
      case "stuck":
        return [];
    }
  }

  #select(state: PathState, end: Extract<Terminator, { kind: "select" }>): PathState[] {
    const [only, ...others] = end.cases.map((one) => one.operation);
    if (end.otherwise === undefined && only) this.#waitsAt(state, this.#waitHere(only, others));
    const targets = end.cases.map((one) => one.to);
    if (end.otherwise !== undefined) targets.push(end.otherwise);
    return targets.map((block) => ({ ...state, block }));
  }

  #branch(state: PathState, end: Extract<Terminator, { kind: "branch" }>): PathState[] {
    const { condition } = end;
    if (!condition) {
      const open = { ...state, under: withDeciding(state.under, "state") };
      return [
        { ...open, block: end.then },
        { ...open, block: end.otherwise },
      ];
    }
    const outcome = (taken: boolean): PathState[] => {
      const holds = taken !== condition.negated;
      if (condition.constant !== undefined && condition.constant !== holds) return [];
      const known =
        state.facts.get(condition.key)?.holds ?? impliedByNumbers(state.facts, condition.key);
      if (known !== undefined && known !== holds) return [];
      const next = this.#assuming(state, condition, holds);
      const at = tested({ ...next, block: taken ? end.then : end.otherwise }, condition, holds);
      const tried = holds ? triedAcquisition(this.#model, condition) : undefined;
      return tried ? this.#try(at, tried) : [at];
    };
    return [...outcome(false), ...outcome(true)];
  }

  /** TryLock never waits: where this path holds the lock it fails. */
  #try(state: PathState, tried: Acquisition): PathState[] {
    const held = state.held.find(({ key }) => key === tried.key);
    if (held && (held.mode === "write" || tried.mode === "write")) return [];
    return [state.lost.has(tried.key) ? state : taking(state, tried)];
  }

  /** What a test teaches: kept where the test comes again. */
  #assuming(state: PathState, { key, reads, at }: Condition, holds: boolean): PathState {
    // `if name != other` looks for one of several; `if locked` does as it is told.
    const isGiven =
      reads.length > 0 &&
      !isLimit(key) &&
      reads.every((read) => this.#parameters.some((id) => isBelow(read, id)));
    const facts = this.#repeated.has(key)
      ? new Map(state.facts).set(key, { holds, reads })
      : state.facts;
    const under = withDeciding(state.under, isGiven ? "parameter" : "state");
    return { ...state, facts, under, decidedAt: at, jumpedAt: undefined };
  }

  #return(state: PathState, { at, values }: Extract<Terminator, { kind: "return" }>): void {
    let last = state;
    for (const { operations } of [...state.deferred].reverse())
      for (const operation of operations) last = this.#operate(last, operation);
    last = this.#handingTo(last, values);
    // What was released without having been taken here was held under another name, and is so again.
    const taken = last.held.filter(({ key }) => !last.givenUp.has(key));
    const handsOut = handedOut(this.#model, taken, values);
    this.#exits.push({ held: last.held, givenUp: last.givenUp, handsOut, values });
    for (const held of last.held) {
      if (handsOut.some((one) => one.held === held)) continue;
      const key = `${held.at.start} ${at.start}`;
      const known = this.#heldAtReturn.get(key);
      if (!known || (known.jumpedAt && !state.jumpedAt))
        this.#heldAtReturn.set(key, {
          held,
          returnAt: at,
          decidedAt: state.decidedAt,
          jumpedAt: state.jumpedAt,
        });
    }
  }

  #summary(isComplete: boolean): LockSummary {
    const model = this.#model;
    const visible = (lock: AccessPath) => isVisibleToCallers(lock, model);
    const leaves = (key: string) =>
      this.#exits.every(({ held }) => held.some((one) => one.key === key));
    const everLeft = new Map(this.#exits.flatMap(({ held }) => held.map((one) => [one.key, one])));
    const everGiven = new Map(this.#exits.flatMap(({ givenUp }) => [...givenUp]));
    const always = (key: string) => this.#exits.every(({ givenUp }) => givenUp.has(key));
    const left = [...everLeft.values()].filter(({ lock }) => visible(lock));
    const given = [...everGiven].filter(([, lock]) => visible(lock));
    // Released and acquired again on the way out: as the caller sees it nothing has changed.
    const isBack = (key: string) => everLeft.has(key);
    return {
      header: model,
      acquires: isComplete ? [...this.#acquires.values()] : [],
      hidden: isComplete ? [...this.#hidden.values()] : [],
      callbacks: isComplete ? [...this.#callbacks.values()] : [],
      waits: isComplete ? [...this.#waitsBelow.values()] : [],
      leavesHeld: left.filter(({ key }) => leaves(key) && !everGiven.has(key)),
      handsOut: isComplete ? handedOutAlways(this.#exits) : [],
      answers: this.#exits.some(({ values }) => values.some(isAnswer)),
      onSuccess: isComplete ? heldOnSuccess(this.#exits, visible) : [],
      givesUp: given.filter(([key]) => always(key) && !isBack(key)).map(([, lock]) => lock),
      uncertain: [
        ...left.filter(({ key }) => !leaves(key) && !everGiven.has(key)).map(({ lock }) => lock),
        ...given.filter(([key]) => !always(key) && !isBack(key)).map(([, lock]) => lock),
      ],
      isComplete,
    };
  }
}

/** An acquisition here; its key is empty where the lock cannot be told from others of its field. */
function directAcquisition(
  { file }: FunctionModel,
  { lock, mode, object, at }: OperationOf<"acquire">,
): Acquisition {
  const key = pathKey(lock) ?? "";
  const action = `${mode === "read" ? "locks for reading" : "locks"} ${lock.text}`;
  return { lock, key, mode, object, at, steps: [{ at: { file, ...at }, action }], under: [] };
}

function triedAcquisition(
  model: FunctionModel,
  { acquires, at }: Condition,
): Acquisition | undefined {
  const tried = acquires && directAcquisition(model, { kind: "acquire", ...acquires, at });
  return tried?.key === "" ? undefined : tried;
}

/** A condition gives up its own lock while it waits; of one whose lock is not known nothing is said. */
function keptWhileWaiting(
  held: readonly Acquisition[],
  operation: Waiting,
): readonly Acquisition[] {
  if (operation.kind !== "wait" || operation.object !== "condition") return held;
  const { lock } = operation;
  if (!lock) return [];
  const key = pathKey(lock);
  return held.filter(
    (one) => one.key !== key && one.lock.slot !== lock.slot && one.lock.slot !== "sync.Cond.L",
  );
}

/** Whether a name is that of a lock; by its field where it has no other. */
function isNamed(name: AccessPath, { lock, key }: Acquisition): boolean {
  const known = pathKey(name);
  return known === undefined ? name.slot === lock.slot : known === key;
}

function isOfElement({ steps }: AccessPath): boolean {
  return steps.some(({ kind }) => kind === "element");
}

/** `shards[i].mu` in the next pass of a loop. */
function isNextElement(held: Acquisition, again: Acquisition): boolean {
  return held.at.start === again.at.start && isOfElement(again.lock);
}

function lockOf({ lock }: Acquisition): AccessPath {
  return lock;
}

/** A function elsewhere that locks by its name, or calls what it is handed. */
function speaksOfLocks({ callee, arguments: given }: OperationOf<"call">): boolean {
  if (callee.kind !== "external") return false;
  return /lock(?:ed)?(?![a-z])/i.test(callee.name) || given.some(({ kind }) => kind === "function");
}

const ENDING = /(?:^|\.)(?:Fatal(?:f|ln)?|FailNow)$/;

/** `tb.Fatal(…)` of somebody's own interface ends the test or the process, by its name. */
function neverReturns(operation: Operation): boolean {
  return (
    operation.kind === "call" &&
    operation.callee.kind !== "static" &&
    ENDING.test(operation.callee.name)
  );
}

/** As callers have to know it: what of theirs the function has released before. */
function withReleased(asked: Acquisition, { givenUp }: PathState): Acquisition {
  if (givenUp.size === 0) return asked;
  return { ...asked, without: [...(asked.without ?? []), ...givenUp.values()] };
}

function isAnswer(value: Value): boolean {
  return value.kind === "constant" && (value.text === "true" || value.text === "false");
}

/** After `if err != nil`: what the call took that has returned the error, or nothing. */
function tested(state: PathState, { isErrorTest, reads }: Condition, holds: boolean): PathState {
  const [error] = reads;
  if (!isErrorTest || error === undefined || reads.length > 1) return state;
  const hoped = state.onSuccess.get(error);
  if (!hoped) return state;
  const decided = forgetHopes(state, [error]);
  return holds ? hoped.filter(({ key }) => !state.lost.has(key)).reduce(taking, decided) : decided;
}

function taking(state: PathState, taken: Acquisition): PathState {
  const held = [...state.held, taken];
  if (!state.letGo.has(taken.key)) return { ...state, held };
  const letGo = new Map(state.letGo);
  letGo.delete(taken.key);
  return { ...state, held, letGo };
}

function withDeciding(under: readonly Deciding[], one: Deciding): readonly Deciding[] {
  return under.includes(one) ? under : [...under, one].sort();
}

function keyOf(value: Value): string | undefined {
  return value.kind === "path" ? pathKey(value.path) : undefined;
}

/** Whether a lock of the same field, which callers may hold, has been released before: it may well be the same one. */
function isGivenUp({ givenUp }: PathState, { lock: { slot } }: Acquisition): boolean {
  return slot !== undefined && [...givenUp.values()].some((lock) => lock.slot === slot);
}
