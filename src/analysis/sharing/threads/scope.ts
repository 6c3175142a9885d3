import type { FunctionHeader, FunctionModel } from "../../../model/function.ts";
import type { Callee, Operation, OperationOf, Value } from "../../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey, type Root } from "../../../model/path.ts";
import type { Program } from "../../../model/program.ts";
import { successors } from "../../../model/successors.ts";
import type { FunctionAccesses, MemoryAccesses } from "../memory-accesses.ts";

/** One run of a function in a scope: what it calls stands in frames of its own, what it starts in threads. */
export interface Frame {
  readonly index: number;
  readonly model: FunctionModel;
  readonly inside: FunctionAccesses;
  readonly thread: Thread;
  readonly parent: Frame | undefined;
  /** Where a function literal stands, if that is not the caller. */
  readonly home: Frame | undefined;
  /** The call, or the start of the goroutine, in the parent. */
  readonly operation: Operation | undefined;
  readonly calls: Map<Operation, Frame[]>;
  readonly starts: Map<Operation, Thread>;
  /** Called by a `sync.Once`. */
  readonly isOnce: boolean;
  /** What the parameters and the receiver are, by the ids of their variables. */
  readonly bound: ReadonlyMap<string, Bound>;
}

export interface Thread {
  readonly frames: Frame[];
  /** The frame and the operation that start it; undefined for the thread that the scope begins with. */
  readonly from: { readonly frame: Frame; readonly operation: OperationOf<"spawn"> } | undefined;
}

/** An object by its key, or a function with what it has captured. */
interface Bound {
  readonly key?: string | undefined;
  readonly target?: Target | undefined;
}

interface Target {
  readonly function: FunctionId;
  readonly receiver?: Bound | undefined;
  readonly arguments?: readonly Value[];
  /** Where the function literal stands. */
  readonly home?: Frame | undefined;
}

const DEPTH = 6;
const MOST_FRAMES = 80;
const MOST_TARGETS = 2;
/** Functions that are called at once by what they are given to. */
const CALLING = /^(?:testing\.[TB]\.Run|sort\.|slices\.|strings\.|sync\.Map\.Range$)/;

/**
 * A function with all that it calls and starts, as far as that is known: each call has a frame of its own, and objects have one name
 * in all of them.
 */
export class Scope {
  readonly header: FunctionHeader;
  /** Whether there is something to look at. */
  readonly isOpen: boolean;
  readonly threads: Thread[] = [];
  readonly frames: Frame[] = [];
  readonly #program: Program;
  readonly #accesses: MemoryAccesses;
  readonly #aliases = new Map<string, string | undefined>();
  readonly #functions = new Map<string, Target[]>();
  readonly #types = new Map<string, string>();
  readonly #ranged = new Set<string>();

  constructor(functions: Program, accesses: MemoryAccesses, header: FunctionHeader) {
    this.#program = functions;
    this.#accesses = accesses;
    this.header = header;
    const thread: Thread = { frames: [], from: undefined };
    this.threads.push(thread);
    const target = { function: header.id };
    this.isOpen = this.#frame(target, thread, undefined, undefined, false, []) !== undefined;
  }

  /** One name for what a path refers to in all frames; undefined where it is not known. */
  key(frame: Frame, path: AccessPath): string | undefined {
    const place = this.place(frame, path);
    return place === undefined ? undefined : (this.#aliases.get(place) ?? place);
  }

  /** One name for the variable or field that a path ends at, whatever it refers to. */
  place(frame: Frame, { root, steps }: AccessPath): string | undefined {
    let key = this.#rootKey(frame, root);
    for (const step of steps) {
      if (key === undefined || step.kind === "call") return undefined;
      if (step.kind === "element" && step.key === undefined) return undefined;
      key = this.#aliases.get(key) ?? key;
      key += step.kind === "field" ? `.${step.name}` : `[${step.key}]`;
    }
    return key;
  }

  /** The frame that declares a variable; undefined for globals and what the scope has only captured. */
  homeOf(
    frame: Frame,
    { declaredIn }: { readonly declaredIn: FunctionId | undefined },
  ): Frame | undefined {
    if (declaredIn === undefined) return undefined;
    for (let at: Frame | undefined = frame; at; at = at.home ?? at.parent)
      if (at.model.id === declaredIn) return at;
    return undefined;
  }

  #rootKey(frame: Frame, root: Root): string | undefined {
    if (root.kind === "unknown") return undefined;
    if (root.kind === "site") return `${frame.index}@${root.at.start}`;
    const { variable } = root;
    const home = this.homeOf(frame, variable);
    if (!home) return variable.id;
    const bound = variable.isReassigned ? undefined : home.bound.get(variable.id);
    if (bound?.key !== undefined) return bound.key;
    const key = `${home.index}:${variable.id}`;
    if (variable.isRanged) this.#ranged.add(key);
    return key;
  }

  /** Whether each pass of a loop has an object of its own. */
  isOfOnePass(place: string): boolean {
    const [root = ""] = /^[^:]*:.*?\.go:\d+/.exec(place) ?? [];
    return this.#ranged.has(root);
  }

  #frame(
    target: Target,
    thread: Thread,
    parent: Frame | undefined,
    operation: OperationOf<"call"> | OperationOf<"spawn"> | undefined,
    isOnce: boolean,
    given: readonly Bound[],
  ): Frame | undefined {
    if (this.frames.length >= MOST_FRAMES || isTooDeep(parent, target.function)) return undefined;
    const inside = this.#accesses.of(target.function);
    if (!inside) return undefined;
    const { model } = inside;
    const bound = new Map<string, Bound>();
    if (model.receiver && !model.receiver.isStruct && target.receiver)
      bound.set(model.receiver.id, target.receiver);
    for (const [index, value] of given.entries()) {
      const parameter = model.parameters[index];
      if (parameter && !parameter.isStruct && !parameter.isVariadic) bound.set(parameter.id, value);
    }
    const frame: Frame = {
      index: this.frames.length,
      model,
      inside,
      thread,
      parent,
      home: target.home,
      operation,
      calls: new Map(),
      starts: new Map(),
      isOnce,
      bound,
    };
    this.frames.push(frame);
    thread.frames.push(frame);
    const often = reachedAgain(model);
    for (const [index, { kind, operations }] of model.blocks.entries()) {
      const isOnceHere = kind === "once-first";
      const startsOnce = isOnceHere || !often.has(index);
      for (const one of operations)
        if (!(startsOnce && this.#isStarted(one, target.receiver)))
          this.#operate(frame, one, isOnceHere);
    }
    return frame;
  }

  /** Whether a goroutine that a function starts once for each object was started for this one before. */
  #isStarted(operation: Operation, receiver: Bound | undefined): boolean {
    return this.threads.some(({ from }) => {
      if (from?.operation !== operation) return false;
      const { model, bound } = from.frame;
      return model.receiver !== undefined && bound.get(model.receiver.id)?.key === receiver?.key;
    });
  }

  #operate(frame: Frame, operation: Operation, isOnce: boolean): void {
    switch (operation.kind) {
      case "defer":
        for (const one of operation.operations) this.#operate(frame, one, isOnce);
        return;
      case "assign":
        this.#bind(frame, operation.target, operation.value);
        return;
      case "write":
        if (!operation.isElement)
          this.#bind(frame, operation.path, operation.value, operation.holds);
        return;
      case "make":
        this.#noteType(frame, operation.path);
        if (operation.type !== undefined)
          this.#types.set(this.key(frame, operation.path) ?? "", operation.type);
        return;
      case "call": {
        const frames = this.#targets(frame, operation).flatMap((target) => {
          const given = this.#given(frame, target.arguments ?? operation.arguments);
          return (
            this.#frame(target, frame.thread, frame, operation, frame.isOnce || isOnce, given) ?? []
          );
        });
        if (frames.length > 0) frame.calls.set(operation, frames);
        const [only] = frames;
        if (only && frames.length === 1) this.#bindResults(frame, operation, only);
        return;
      }
      case "spawn": {
        const [target, ...others] = this.#targets(frame, operation);
        if (!target || others.length > 0) return;
        const thread: Thread = { frames: [], from: { frame, operation } };
        const given = this.#given(frame, operation.arguments);
        if (!this.#frame(target, thread, frame, operation, false, given)) return;
        this.threads.push(thread);
        frame.starts.set(operation, thread);
        return;
      }
      default:
        return;
    }
  }

  #given(frame: Frame, values: readonly Value[]): Bound[] {
    return values.map((value) => this.#value(frame, value));
  }

  #value(frame: Frame, value: Value | undefined): Bound {
    if (value?.kind === "path") {
      const key = this.key(frame, value.path);
      return { key, target: key === undefined ? undefined : this.#functionAt(key) };
    }
    if (value?.kind !== "function") return {};
    return { target: this.#literal(frame, value) };
  }

  #literal(frame: Frame, value: Extract<Value, { kind: "function" }>): Target {
    const receiver = value.receiver ? this.#value(frame, value.receiver) : undefined;
    return { function: value.function, receiver, home: frame };
  }

  #functionAt(key: string): Target | undefined {
    const known = this.#functions.get(key);
    return known?.length === 1 ? known[0] : undefined;
  }

  /** A pointer gets a second name, a field a function. What is set twice has no name but its own. */
  #bind(frame: Frame, to: AccessPath, value: Value, holds = "pointer"): void {
    this.#noteType(frame, to);
    const key = this.place(frame, to);
    if (key === undefined || value.kind === "nil") return;
    if (value.kind === "function") {
      const known = this.#functions.get(key) ?? [];
      this.#functions.set(key, [...known, this.#literal(frame, value)]);
      return;
    }
    if (holds === "plain" || isCopy(to, value)) return;
    // `c.pool = newPool()`: the call has bound it already.
    if (value.kind === "path" && this.place(frame, value.path) === key) return;
    const isFollowed = value.kind === "path" && !isTakenOut(frame.model, to, value.path);
    const from = isFollowed ? this.key(frame, value.path) : undefined;
    if (from !== key) this.#name(key, from);
  }

  #bindResults(frame: Frame, { results }: OperationOf<"call">, callee: Frame): void {
    for (const [index, result] of results.entries()) {
      const key = result && this.place(frame, result);
      if (key === undefined) continue;
      const keys = new Set<string | undefined>();
      for (const { end } of callee.model.blocks) {
        if (end.kind !== "return") continue;
        const value = end.values[index];
        if (value?.kind === "nil") continue;
        keys.add(value?.kind === "path" ? this.key(callee, value.path) : undefined);
      }
      const [from] = keys;
      if (keys.size === 1 && from !== undefined && from !== key) this.#name(key, from);
    }
  }

  /** What is set to two things has no name but its own. One assignment may be told as two operations. */
  #name(key: string, from: string | undefined): void {
    const isOther = this.#aliases.has(key) && this.#aliases.get(key) !== from;
    this.#aliases.set(key, isOther ? undefined : from);
  }

  /** Whose field is set is of the field's type. */
  #noteType(frame: Frame, path: AccessPath): void {
    const { slot, steps } = path;
    if (slot === undefined || steps.at(-1)?.kind !== "field") return;
    const owner = this.key(frame, { ...path, steps: steps.slice(0, -1) });
    const [, type] = /\.([^.]+)\.[^.]+$/.exec(slot) ?? [];
    if (owner !== undefined && type !== undefined) this.#types.set(owner, type);
  }

  #targets(frame: Frame, operation: OperationOf<"call"> | OperationOf<"spawn">): Target[] {
    const { callee } = operation;
    switch (callee.kind) {
      case "static":
        return [{ function: callee.function, receiver: this.#receiver(frame, callee) }];
      case "dynamic": {
        const receiver = this.#receiver(frame, callee);
        if (callee.through === "interface") {
          const found = this.#implementations(callee.candidates, receiver?.key);
          return found.length === 1 ? found.map((id) => ({ function: id, receiver })) : [];
        }
        if (receiver?.target) return [receiver.target];
        const known = receiver?.key === undefined ? [] : (this.#functions.get(receiver.key) ?? []);
        if (known.length > 0) return known.length <= MOST_TARGETS ? known : [];
        return callee.isComplete && callee.candidates.length <= MOST_TARGETS
          ? callee.candidates.map((id) => ({ function: id }))
          : [];
      }
      case "external":
        if (!CALLING.test(callee.name)) return [];
        return operation.arguments.flatMap((value) =>
          value.kind === "function" ? [{ ...this.#literal(frame, value), arguments: [] }] : [],
        );
      case "unknown":
        return [];
    }
  }

  #implementations(
    candidates: readonly FunctionId[],
    key: string | undefined,
  ): readonly FunctionId[] {
    const type = key === undefined ? undefined : this.#types.get(key);
    if (type === undefined || candidates.length < 2) return candidates;
    return candidates.filter((id) => {
      const name = this.#program.header(id)?.name ?? "";
      return name.startsWith(`(*${type}).`) || name.startsWith(`${type}.`);
    });
  }

  #receiver(frame: Frame, callee: Callee): Bound | undefined {
    if (callee.kind === "unknown" || !callee.receiver) return undefined;
    const { receiver } = callee;
    if (receiver.kind !== "path") return this.#value(frame, receiver);
    const { root, steps } = receiver.path;
    const isParameter = root.kind === "variable" && steps.length === 0;
    const bound = isParameter
      ? this.homeOf(frame, root.variable)?.bound.get(root.variable.id)
      : undefined;
    return bound?.target ? bound : this.#value(frame, receiver);
  }
}

/**
 * What a second call for the same object comes to: not what stands behind `if !it.begun { it.begun = true; … }` alone, nor behind
 * `if !it.status.CompareAndSwap(idle, running) { return }`.
 */
function reachedAgain(model: FunctionModel): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = model.blocks[at];
    if (!block || reached.has(at) || isBehindOwnFlag(model, at)) continue;
    reached.add(at);
    const last = block.operations.at(-1);
    if (block.end.kind !== "branch" || !last || !isSwap(last))
      waiting.push(...successors(block.end));
  }
  return reached;
}

function isSwap(operation: Operation): boolean {
  if (operation.kind !== "call" || operation.callee.kind !== "external") return false;
  const { name } = operation.callee;
  return name.startsWith("sync/atomic.") && name.includes("CompareAndSwap");
}

/** `if !it.begun { it.begun = true; go it.loop() }`: the block that sets the flag is come to once. */
function isBehindOwnFlag({ blocks }: FunctionModel, index: number): boolean {
  const set = blocks[index]?.operations.flatMap((one) =>
    (one.kind === "assign" || one.kind === "write") &&
    one.value.kind === "constant" &&
    one.value.text === "true"
      ? [pathKey(one.kind === "write" ? one.path : one.target)]
      : [],
  );
  if (!set || set.length === 0) return false;
  return blocks.some(({ end }) => {
    if (end.kind !== "branch" || !end.condition) return false;
    const { key, negated } = end.condition;
    return set.includes(key) && (negated ? end.then : end.otherwise) === index;
  });
}

function isTooDeep(parent: Frame | undefined, id: FunctionId): boolean {
  let depth = 0;
  for (let at = parent; at; at = at.parent) {
    if (at.model.id === id || ++depth >= DEPTH) return true;
  }
  return false;
}

/** `copy := original` of structs. */
function isCopy({ root, steps }: AccessPath, value: Value): boolean {
  const isVariable = root.kind === "variable" && steps.length === 0;
  return isVariable && root.variable.isStruct === true && value.kind === "path";
}

/** `batch := w.current; w.current = nil`: from then on whoever took it out has it alone. */
function isTakenOut({ blocks }: FunctionModel, to: AccessPath, from: AccessPath): boolean {
  if (to.root.kind !== "variable" || to.steps.length > 0 || from.steps.length === 0) return false;
  const [taken, left] = [pathKey(to), pathKey(from)];
  const all = blocks.flatMap(({ operations }) => operations);
  const taking = all.find((one) => one.kind === "assign" && pathKey(one.target) === taken);
  return all.some(
    (one) =>
      one.kind === "write" &&
      !one.isElement &&
      pathKey(one.path) === left &&
      taking !== undefined &&
      taking.at.start < one.at.start,
  );
}
