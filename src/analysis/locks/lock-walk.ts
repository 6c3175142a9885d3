import type { Place, Span } from "../../core/position.ts";
import type { Condition, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import type { Acquisition, Deciding } from "./acquisition.ts";
import type { LockSummary, SummaryOf } from "./lock-summary.ts";
import { atCall, isBelow, isVisibleToCallers } from "./substitute.ts";

/** What one path through a function does with a lock that it holds already. */
export interface Relock {
  readonly held: Acquisition;
  readonly again: Acquisition;
}

/** A lock that is held where the function returns. */
export interface HeldAtReturn {
  readonly held: Acquisition;
  readonly returnAt: Span;
  /** The last condition before it, if there was one. */
  readonly decidedAt: Span | undefined;
}

export interface Mismatch {
  readonly held: Acquisition;
  readonly release: OperationOf<"release">;
}

/** A channel operation that waits while locks are held. */
export interface WaitUnderLock {
  readonly operation: OperationOf<"send"> | OperationOf<"receive">;
  readonly held: readonly Acquisition[];
}

/** Everything that the paths of one function do with locks. Incomplete: out of budget, or a part of it is not known. */
export interface LockWalk {
  readonly model: FunctionModel;
  readonly relocks: readonly Relock[];
  readonly heldAtReturn: readonly HeldAtReturn[];
  readonly mismatches: readonly Mismatch[];
  readonly waits: readonly WaitUnderLock[];
  /** Every acquisition on some path, its own and those of its callees. */
  readonly acquisitions: readonly Acquisition[];
  /** Keys of locks that some path releases after this function acquired them. */
  readonly released: ReadonlySet<string>;
  /** Locks that some path releases without having acquired them. */
  readonly givenUp: readonly AccessPath[];
  readonly summary: LockSummary;
  readonly isComplete: boolean;
}

/** Blocks entered in different states, by one function: sizes, never time. */
const MOST_STATES = 1_500;
const MOST_HELD = 8;

/** A path so far. */
interface PathState {
  readonly block: number;
  readonly held: readonly Acquisition[];
  readonly deferred: readonly OperationOf<"defer">[];
  /** Outcomes of tests that come again, by the condition's key. */
  readonly facts: ReadonlyMap<
    string,
    { readonly holds: boolean; readonly reads: readonly string[] }
  >;
  /** Locks of which nothing is known any more: handed on, renamed, perhaps released by a callee. */
  readonly lost: ReadonlySet<string>;
  /** Locks of the caller that this path has released, by key. */
  readonly givenUp: ReadonlyMap<string, AccessPath>;
  readonly under: readonly Deciding[];
  readonly decidedAt: Span | undefined;
}

/** Walks every path of a function, as far as paths differ in what they hold; `summaryOf` says what callees do. */
export function walkLocks(model: FunctionModel, summaryOf: SummaryOf): LockWalk {
  return new Walker(model, summaryOf).run();
}

class Walker {
  readonly #model: FunctionModel;
  readonly #summaryOf: SummaryOf;
  /** Keys of all conditions, and of those that come again. */
  readonly #tested: ReadonlySet<string>;
  readonly #repeated: ReadonlySet<string>;
  readonly #parameters: readonly string[];
  readonly #relocks = new Map<string, Relock>();
  readonly #heldAtReturn = new Map<string, HeldAtReturn>();
  readonly #mismatches = new Map<number, Mismatch>();
  readonly #waits = new Map<number, WaitUnderLock>();
  readonly #acquisitions = new Map<string, Acquisition>();
  readonly #released = new Set<string>();
  readonly #acquires = new Map<string, Acquisition>();
  readonly #exits: Pick<PathState, "held" | "givenUp" | "lost">[] = [];

  constructor(model: FunctionModel, summaryOf: SummaryOf) {
    this.#model = model;
    this.#summaryOf = summaryOf;
    const conditions = conditionKeys(model);
    this.#tested = new Set(conditions);
    this.#repeated = new Set(conditions.filter((key, at) => conditions.indexOf(key) !== at));
    this.#parameters = model.parameters.map(({ id }) => id);
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
      for (const operation of block.operations) after = this.#operate(after, operation);
      waiting.push(...this.#leave(after, block.end));
    }
    return {
      model: this.#model,
      relocks: [...this.#relocks.values()],
      heldAtReturn: [...this.#heldAtReturn.values()],
      mismatches: [...this.#mismatches.values()],
      waits: [...this.#waits.values()],
      acquisitions: [...this.#acquisitions.values()],
      released: this.#released,
      givenUp: this.#exits.flatMap(({ givenUp }) => [...givenUp.values()]),
      summary: this.#summary(isComplete),
      isComplete,
    };
  }

  #operate(state: PathState, operation: Operation): PathState {
    switch (operation.kind) {
      case "acquire":
        return this.#acquire(state, directAcquisition(this.#model, operation));
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
      case "assign":
        return this.#learning(
          losing(state, [pathKey(operation.target), keyOf(operation.value)], operation.target),
          operation,
        );
      case "write":
        return losing(state, [pathKey(operation.path), keyOf(operation.value)], operation.path);
      case "escape":
        return handing(state, [keyOf(operation.value)]);
      case "send":
      case "receive":
        this.#waitsAt(state, operation);
        return state;
      case "wait":
        return state;
      default:
        return state;
    }
  }

  /** `locked = true` decides a later `if locked`. */
  #learning(state: PathState, { target, value }: OperationOf<"assign">): PathState {
    const key = pathKey(target);
    if (key === undefined || value.kind !== "constant" || !this.#tested.has(key)) return state;
    if (value.text !== "true" && value.text !== "false") return state;
    const facts = new Map(state.facts).set(key, { holds: value.text === "true", reads: [key] });
    return { ...state, facts };
  }

  #waitsAt(state: PathState, operation: WaitUnderLock["operation"]): void {
    const { start } = operation.at;
    if (state.held.length > 0 && !this.#waits.has(start))
      this.#waits.set(start, { operation, held: state.held });
  }

  #acquire(state: PathState, again: Acquisition | undefined): PathState {
    if (!again) return state;
    this.#note(state, again);
    if (state.lost.has(again.key)) return state;
    return { ...state, held: [...state.held, again] };
  }

  /** Keeps what callers must know of an acquisition, and whether it was held already. */
  #note(state: PathState, again: Acquisition): void {
    const site = `${again.key} ${again.at.start}`;
    if (!this.#acquisitions.has(site)) this.#acquisitions.set(site, again);
    const held = state.held.find(({ key }) => key === again.key);
    if (held && !state.lost.has(again.key)) {
      const pair = `${held.at.start} ${again.at.start} ${again.steps.length}`;
      const known = this.#relocks.get(pair);
      if (!known || again.under.length < known.again.under.length)
        this.#relocks.set(pair, { held, again });
    }
    if (held || state.givenUp.has(again.key) || !isVisibleToCallers(again.lock, this.#model))
      return;
    const known = this.#acquires.get(`${again.key} ${again.mode}`);
    const under = [...new Set([...state.under, ...again.under])];
    if (!known || under.length < known.under.length)
      this.#acquires.set(`${again.key} ${again.mode}`, { ...again, under });
  }

  #release(state: PathState, operation: OperationOf<"release">): PathState {
    const key = pathKey(operation.lock);
    if (key === undefined || state.lost.has(key)) return state;
    const index =
      lastIndexOf(state.held, (held) => held.key === key && held.mode === operation.mode) ??
      lastIndexOf(state.held, (held) => held.key === key);
    if (index === undefined) {
      const givenUp = new Map(state.givenUp).set(key, operation.lock);
      return { ...state, givenUp };
    }
    const held = state.held[index];
    if (held && held.mode !== operation.mode && held.steps.length === 1)
      this.#mismatches.set(operation.at.start, { held, release: operation });
    this.#released.add(key);
    return { ...state, held: state.held.filter((_, at) => at !== index) };
  }

  #call(before: PathState, operation: OperationOf<"call">): PathState {
    const results = operation.results.flatMap((path) => (path ? [pathKey(path)] : []));
    const state = losing(before, results, undefined);
    const { callee } = operation;
    const summary =
      callee.kind === "static"
        ? this.#summaryOf(callee.function, state.held.length > 0)
        : undefined;
    if (!summary) return handing(state, operation.arguments.map(keyOf));
    let after = state;
    const place: Place = { file: this.#model.file, ...operation.at };
    for (const acquired of summary.acquires) {
      const lock = atCall(acquired.lock, summary.header, operation);
      const key = lock && pathKey(lock);
      if (!lock || key === undefined) continue;
      const call = { at: place, action: `calls ${summary.header.name}` };
      const steps = [call, ...acquired.steps];
      this.#note(after, {
        ...acquired,
        lock,
        key,
        at: operation.at,
        steps,
      });
    }
    for (const lock of summary.givesUp) {
      const path = atCall(lock, summary.header, operation);
      const key = path && pathKey(path);
      if (path && key !== undefined) after = released(after, key, path, this.#released);
    }
    for (const left of summary.leavesHeld) {
      const lock = atCall(left.lock, summary.header, operation);
      const key = lock && pathKey(lock);
      if (lock && key !== undefined && !after.lost.has(key)) {
        const call = { at: place, action: `calls ${summary.header.name}` };
        const held = { ...left, lock, key, at: operation.at, steps: [call, ...left.steps] };
        after = { ...after, held: [...after.held, held] };
      }
    }
    const unknown = summary.uncertain.flatMap((lock) => {
      const path = atCall(lock, summary.header, operation);
      return path ? [pathKey(path)] : [];
    });
    return losing(after, unknown, undefined);
  }

  /** A goroutine that releases what it did not acquire takes the lock over. */
  #spawn(state: PathState, operation: OperationOf<"spawn">): PathState {
    const { callee } = operation;
    const summary = callee.kind === "static" ? this.#summaryOf(callee.function, true) : undefined;
    const taken = [...(summary?.givesUp ?? []), ...(summary?.uncertain ?? [])].flatMap((lock) => {
      const path = summary && atCall(lock, summary.header, operation);
      return path ? [pathKey(path)] : [];
    });
    return losing(handing(state, operation.arguments.map(keyOf)), taken, undefined);
  }

  #leave(state: PathState, end: Terminator): PathState[] {
    const to = (block: number): PathState => ({ ...state, block });
    switch (end.kind) {
      case "goto":
        return [to(end.to)];
      case "branch":
        return this.#branch(state, end);
      case "switch":
        return end.targets.map(to);
      case "loop":
        return [to(end.exit), to(end.body)];
      case "select":
        return this.#select(state, end);
      case "return":
        this.#return(state, end.at);
        return [];
      case "panic":
      case "goexit":
      case "exit":
      case "stuck":
        return [];
    }
  }

  #select(state: PathState, end: Extract<Terminator, { kind: "select" }>): PathState[] {
    const [only] = end.cases;
    if (end.otherwise === undefined && end.cases.length === 1 && only)
      this.#waitsAt(state, only.operation);
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
      const known = state.facts.get(condition.key);
      if (known && known.holds !== holds) return [];
      const next = this.#assuming(state, condition, holds);
      const at = { ...next, block: taken ? end.then : end.otherwise };
      const tried = holds ? triedAcquisition(this.#model, condition) : undefined;
      return tried ? this.#try(at, tried) : [at];
    };
    return [...outcome(false), ...outcome(true)];
  }

  /** TryLock never waits: where this path holds the lock it fails. */
  #try(state: PathState, tried: Acquisition): PathState[] {
    const held = state.held.find(({ key }) => key === tried.key);
    if (held && (held.mode === "write" || tried.mode === "write")) return [];
    return state.lost.has(tried.key) ? [state] : [{ ...state, held: [...state.held, tried] }];
  }

  /** What a test teaches: kept where the test comes again. */
  #assuming(state: PathState, { key, reads, at }: Condition, holds: boolean): PathState {
    const isGiven = reads.some((read) => this.#parameters.some((id) => isBelow(read, id)));
    const facts = this.#repeated.has(key)
      ? new Map(state.facts).set(key, { holds, reads })
      : state.facts;
    const under = withDeciding(state.under, isGiven ? "parameter" : "state");
    return { ...state, facts, under, decidedAt: at };
  }

  #return(state: PathState, at: Span): void {
    let last = state;
    for (const { operations } of [...state.deferred].reverse())
      for (const operation of operations) last = this.#operate(last, operation);
    this.#exits.push(last);
    for (const held of last.held) {
      const key = `${held.at.start} ${at.start}`;
      if (!this.#heldAtReturn.has(key))
        this.#heldAtReturn.set(key, { held, returnAt: at, decidedAt: state.decidedAt });
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
      leavesHeld: left.filter(({ key }) => leaves(key) && !everGiven.has(key)),
      givesUp: given.filter(([key]) => always(key) && !isBack(key)).map(([, lock]) => lock),
      uncertain: [
        ...left.filter(({ key }) => !leaves(key) && !everGiven.has(key)).map(({ lock }) => lock),
        ...given.filter(([key]) => !always(key) && !isBack(key)).map(([, lock]) => lock),
      ],
      isComplete,
    };
  }
}

const START: PathState = {
  block: 0,
  held: [],
  deferred: [],
  facts: new Map(),
  lost: new Set(),
  givenUp: new Map(),
  under: [],
  decidedAt: undefined,
};

function stateKey(state: PathState): string {
  const held = state.held.map(({ key, mode, at }) => `${key}${mode}${at.start}`).join();
  const deferred = state.deferred.map(({ at }) => at.start).join();
  const facts = [...state.facts]
    .map(([key, { holds }]) => `${key}${holds}`)
    .sort()
    .join();
  const lost = [...state.lost].sort().join();
  const given = [...state.givenUp.keys()].sort().join();
  return `${state.block}|${held}|${deferred}|${facts}|${lost}|${given}|${state.under.join()}`;
}

function directAcquisition(
  { file }: FunctionModel,
  { lock, mode, object, at }: OperationOf<"acquire">,
): Acquisition | undefined {
  const key = pathKey(lock);
  if (key === undefined) return undefined;
  const action = `${mode === "read" ? "locks for reading" : "locks"} ${lock.text}`;
  return { lock, key, mode, object, at, steps: [{ at: { file, ...at }, action }], under: [] };
}

function triedAcquisition(
  model: FunctionModel,
  { acquires, at }: Condition,
): Acquisition | undefined {
  return acquires && directAcquisition(model, { kind: "acquire", ...acquires, at });
}

function withDeciding(under: readonly Deciding[], one: Deciding): readonly Deciding[] {
  return under.includes(one) ? under : [...under, one].sort();
}

function conditionKeys({ blocks }: FunctionModel): string[] {
  return blocks.flatMap(({ end }) =>
    end.kind === "branch" && end.condition ? [end.condition.key] : [],
  );
}

/** Nothing is known any more of locks whose names, or whose owners' names, are given to something else. */
function losing(
  state: PathState,
  keys: readonly (string | undefined)[],
  written: AccessPath | undefined,
): PathState {
  const facts = written ? forgetting(state.facts, pathKey(written)) : state.facts;
  const concerned = state.held.filter((held) =>
    keys.some((key) => key !== undefined && isBelow(held.key, key)),
  );
  if (concerned.length === 0 && facts === state.facts) return state;
  return {
    ...state,
    facts,
    held: state.held.filter((held) => !concerned.includes(held)),
    lost:
      concerned.length === 0
        ? state.lost
        : new Set([...state.lost, ...concerned.map(({ key }) => key)]),
  };
}

/** The lock itself goes elsewhere: whoever gets it may release it. Its owner may go where it likes. */
function handing(state: PathState, keys: readonly (string | undefined)[]): PathState {
  const handed = state.held.filter(({ key }) => keys.includes(key));
  if (handed.length === 0) return state;
  return {
    ...state,
    held: state.held.filter((held) => !handed.includes(held)),
    lost: new Set([...state.lost, ...handed.map(({ key }) => key)]),
  };
}

function forgetting(facts: PathState["facts"], written: string | undefined): PathState["facts"] {
  if (facts.size === 0) return facts;
  const kept = [...facts].filter(
    ([, { reads }]) => written !== undefined && !reads.some((read) => isBelow(read, written)),
  );
  return kept.length === facts.size ? facts : new Map(kept);
}

function released(
  state: PathState,
  key: string,
  path: AccessPath,
  releasedKeys: Set<string>,
): PathState {
  const index = lastIndexOf(state.held, (held) => held.key === key);
  if (index === undefined) return { ...state, givenUp: new Map(state.givenUp).set(key, path) };
  releasedKeys.add(key);
  return { ...state, held: state.held.filter((_, at) => at !== index) };
}

function keyOf(value: Value): string | undefined {
  return value.kind === "path" ? pathKey(value.path) : undefined;
}

function lastIndexOf<T>(items: readonly T[], matches: (item: T) => boolean): number | undefined {
  const index = items.findLastIndex(matches);
  return index === -1 ? undefined : index;
}
