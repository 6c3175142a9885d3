import { defineAnalysis } from "../core/analysis.ts";
import type { Trace } from "../core/finding.ts";
import type { Place, Span } from "../core/position.ts";
import type { Condition, FunctionModel, Terminator } from "../model/function.ts";
import type { Operation, OperationOf } from "../model/operation.ts";
import { type AccessPath, pathKey } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { isShared } from "./shared-state.ts";

/** Shared state that is tested, and set after an `await` as if nothing could have happened meanwhile. */
export interface LazyInitialization {
  readonly function: FunctionModel;
  readonly target: AccessPath;
  readonly testedAt: Place;
  readonly awaitedAt: Place;
  readonly writtenAt: Place;
  /** What is awaited, as far as it is a call with a name: `connect()`. */
  readonly made: string | undefined;
  readonly trace: Trace;
}

const INTEREST = /\bawait\b/;
/** Operations on the ways that are followed from one test. */
const MOST_STEPS = 2_000;

/**
 * `if (!x) x = await make()` and its other forms, in functions that may run a second time while the first waits: the state
 * is a binding of the module or of an outer function, or a field of `this`. Silent where the state is tested again after the
 * await, where a promise or a flag is stored before it, and under a lock.
 */
export const lazyInitializations = defineAnalysis(
  "lazy initializations",
  (use): LazyInitialization[] => {
    const functions = use(program);
    return functions.functionsWith(INTEREST).flatMap(({ id, isTest, isAsync, file }) => {
      if (isTest || !isAsync || !functions.isJudged(file)) return [];
      const model = functions.model(id);
      if (!model || model.isDamaged || isUnderLock(model, functions)) return [];
      return inFunction(model);
    });
  },
);

/** It takes a lock itself, or is a callback of a function that does. */
function isUnderLock(model: FunctionModel, functions: Program): boolean {
  let at: FunctionModel | undefined = model;
  for (let depth = 0; at && depth < 4; depth++) {
    if (at.blocks.some(({ operations }) => operations.some(({ kind }) => kind === "acquire")))
      return true;
    at = at.enclosing === undefined ? undefined : functions.model(at.enclosing);
  }
  return false;
}

function inFunction(model: FunctionModel): LazyInitialization[] {
  const found = new Map<string, LazyInitialization>();
  for (const { end } of model.blocks) {
    if (end.kind !== "branch" || !end.condition?.isNil) continue;
    const { condition } = end;
    const target = condition.isNil;
    const key = target && pathKey(target);
    if (!target || key === undefined || !isShared(target, model) || found.has(key)) continue;
    const race = new Search(model, key).from(condition.negated ? end.otherwise : end.then);
    if (race && !isGuarded(model, [...race.flags, ...writtenAtOnce(model)]))
      found.set(key, describe(model, target, condition, race));
  }
  return [...found.values()];
}

/** Where a way from the test leads over an await to the write. */
interface Race {
  readonly awaited: OperationOf<"await">;
  readonly made: string | undefined;
  readonly write: Operation;
  /** Keys of other shared state that is written before the await. */
  readonly flags: readonly string[];
}

interface Way {
  readonly block: number;
  readonly awaited: Race["awaited"] | undefined;
  readonly made: string | undefined;
  readonly flags: readonly string[];
}

class Search {
  readonly #model: FunctionModel;
  readonly #key: string;
  #steps = 0;

  constructor(model: FunctionModel, key: string) {
    this.#model = model;
    this.#key = key;
  }

  /** Follows the ways on which the state was found unset. */
  from(block: number): Race | undefined {
    const seen = new Set<string>();
    const waiting: Way[] = [{ block, awaited: undefined, made: undefined, flags: [] }];
    for (let way = waiting.pop(); way; way = waiting.pop()) {
      const state = `${way.block} ${way.awaited?.at.start}`;
      if (seen.has(state)) continue;
      seen.add(state);
      const { operations, end } = this.#model.blocks[way.block] ?? EMPTY;
      const after = this.#through(way, operations);
      if (after === "settled") continue;
      if ("write" in after) return after;
      waiting.push(...this.#targets(end).map((next) => ({ ...after, block: next })));
    }
    return undefined;
  }

  /** Past the operations of a block: the race, that it cannot be one on this way, or the way as it goes on. */
  #through(way: Way, operations: readonly Operation[]): Race | Way | "settled" {
    let { awaited, made } = way;
    const flags = [...way.flags];
    for (const operation of operations) {
      if (++this.#steps > MOST_STEPS) return "settled";
      if (operation.kind === "await" && operation.isPromise) awaited ??= operation;
      else if (operation.kind === "call" && !awaited) made = nameOf(operation);
      const written = writtenBy(operation);
      const key = written && pathKey(written);
      if (key === undefined) continue;
      if (key !== this.#key) {
        if (!awaited && written && isShared(written, this.#model)) flags.push(key);
        continue;
      }
      // Stored before anything can come between, or taken back.
      if (!awaited || isReset(operation)) return "settled";
      return { awaited, made, write: operation, flags };
    }
    return { block: way.block, awaited, made, flags };
  }

  /** A second test of the same state ends the way: whatever is written behind it was looked at again. */
  #targets(end: Terminator): number[] {
    const condition = end.kind === "branch" ? end.condition : undefined;
    const again = condition?.isNil && pathKey(condition.isNil);
    return again === this.#key || condition?.reads.includes(this.#key) ? [] : successors(end);
  }
}

function successors(end: Terminator): number[] {
  switch (end.kind) {
    case "goto":
      return [end.to];
    case "branch":
      return [end.then, end.otherwise];
    case "switch":
      return [...end.targets];
    case "loop":
      return [end.body, end.exit];
    default:
      return [];
  }
}

const EMPTY = { operations: [], end: { kind: "stuck", at: { start: 0, end: 0 } } } as const;

function writtenBy(operation: Operation): AccessPath | undefined {
  if (operation.kind === "write") return operation.path;
  return operation.kind === "assign" ? operation.target : undefined;
}

function isReset(operation: Operation): boolean {
  const value =
    operation.kind === "write" || operation.kind === "assign" ? operation.value : undefined;
  return value?.kind === "nil" || value?.kind === "constant";
}

function nameOf({ callee }: OperationOf<"call">): string | undefined {
  if (callee.kind === "external" || callee.kind === "unknown" || callee.kind === "dynamic")
    return callee.name;
  return undefined;
}

/** Keys of shared state that is written before the function first waits. */
function writtenAtOnce(model: FunctionModel): string[] {
  const keys: string[] = [];
  const seen = new Set<number>();
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = model.blocks[at];
    if (!block || seen.has(at)) continue;
    seen.add(at);
    const firstAwait = block.operations.findIndex(({ kind }) => kind === "await");
    const before = firstAwait === -1 ? block.operations : block.operations.slice(0, firstAwait);
    for (const operation of before) {
      const written = writtenBy(operation);
      const key = written && isShared(written, model) ? pathKey(written) : undefined;
      if (key !== undefined) keys.push(key);
    }
    if (firstAwait === -1) waiting.push(...successors(block.end));
  }
  return keys;
}

/** A flag that is set before the await and tested somewhere keeps the second call out. */
function isGuarded({ blocks }: FunctionModel, flags: readonly string[]): boolean {
  return blocks.some(
    ({ end }) => end.kind === "branch" && end.condition?.reads.some((read) => flags.includes(read)),
  );
}

function describe(
  model: FunctionModel,
  target: AccessPath,
  condition: Condition,
  { awaited, made, write }: Race,
): LazyInitialization {
  const inFile = ({ start, end }: Span): Place => ({ file: model.file, start, end });
  const [testedAt, awaitedAt, writtenAt] = [condition.at, awaited.at, write.at].map(inFile);
  const places = {
    testedAt: testedAt ?? inFile(model.at),
    awaitedAt: awaitedAt ?? inFile(model.at),
    writtenAt: writtenAt ?? inFile(model.at),
  };
  const step = (thread: number, at: Place, action: string) => ({
    thread,
    at,
    action,
    waits: false,
  });
  const { text } = target;
  return {
    function: model,
    target,
    ...places,
    made,
    trace: {
      threads: [`first call of ${model.name}`, `second call of ${model.name}`],
      steps: [
        step(0, places.testedAt, `finds ${text} unset`),
        step(0, places.awaitedAt, "waits, and lets others run"),
        step(1, places.testedAt, `finds ${text} still unset`),
        step(1, places.awaitedAt, "waits for the same a second time"),
        step(0, places.writtenAt, `sets ${text}`),
        step(1, places.writtenAt, `sets ${text} again: what the first call made is lost`),
      ],
    },
  };
}
