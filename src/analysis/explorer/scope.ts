import { invariant } from "../../core/invariant.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Value } from "../../model/operation.ts";
import type { AccessPath, FunctionId, Variable } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { closuresOf, createCaptures } from "./captures.ts";
import { contextNamed } from "./contexts.ts";
import { LIMITS } from "./limits.ts";
import { type Liveness, livenessOf } from "./liveness.ts";
import { conditionsReturned } from "./returned-errors.ts";
import { isSharedBound } from "./shared-bounds.ts";
import type { SharedMap } from "./shared-map.ts";
import { ANYTHING, EITHER, type Frame, type Reference, type State } from "./state.ts";

/** How the search looks at the program: names to objects, and what a closure can reach. */
export interface Scope {
  readonly program: Program;
  /** Whether a test is explored, in which errors don't come. */
  readonly isTest: boolean;
  /** Whether structs, contexts and what constructors make are left alone: that takes fewer states. */
  readonly isPlain: boolean;
  model(id: FunctionId): FunctionModel | undefined;
  /** Counts a step; false once the budget of the exploration is spent. */
  spend(): boolean;
  isSpent(): boolean;
  /** Remembers that an operation was passed over whose object is unknown, or that others have as well. */
  overlook(): void;
  hasOverlooked(): boolean;
  /** Ends the exploration, as if its budget were spent. */
  giveUp(): void;
  /** Whether a condition is tested at several places of a function, so that its outcome is worth remembering. */
  isRepeated(id: FunctionId, condition: string): boolean;
  /** Whether a bound is the size of more than one thing, so that it is worth remembering. */
  isShared(id: FunctionId, bound: string): boolean;
  /** Where a variable's value is kept, seen from a frame; undefined where the frame cannot see it. */
  storeKey(frame: Pick<Frame, "key" | "function">, variable: Variable): string | undefined;
  /** Where what a path names is kept; undefined where somebody outside may have it. */
  placeKey(state: State, frame: Frame, path: AccessPath): string | undefined;
  /** The object that a value is, undefined where unknown. */
  reference(state: State, frame: Frame, value: Value): Reference | undefined;
  referenceOfPath(state: State, frame: Frame, path: AccessPath): Reference | undefined;
  /** The constant that a value is, undefined where unknown. */
  constant(state: State, frame: Frame, value: Value): string | undefined;
  /** The constant that the variable with an id holds, seen from a frame; undefined where unknown. */
  constantOf(state: State, frame: Pick<Frame, "key">, variable: string): string | undefined;
  /** Where the truth of the flag with an id is kept that may be either, seen from a frame; undefined for what is no such flag. */
  openFlag(state: State, frame: Pick<Frame, "key">, variable: string): string | undefined;
  /** The number that a bound stands for: `3`, a variable that holds one, or either plus or minus a number. */
  size(state: State, frame: Pick<Frame, "key">, bound: string): number | undefined;
  /** What the variable with an id holds, seen from a frame; undefined where unknown. */
  heldBy(state: State, frame: Pick<Frame, "key">, variable: string): Reference | undefined;
  /** The variables of outer functions that a closure mentions. */
  captured(id: FunctionId): readonly Variable[];
  /** Whether a variable is one whose truth is followed from write to write. */
  isFlag(variable: Variable): boolean;
  /** Remembers that a frame runs a closure made in another. */
  enter(
    frame: string,
    made: { readonly function: FunctionId; readonly outer: string | undefined },
  ): void;
  /** The frame in which a function runs, seen from a frame of one of its closures. */
  frameRunning(frame: string, id: FunctionId | undefined): string | undefined;
  /** Whether a frame is another one, or runs a closure that was made in it, at any depth. */
  isWithin(frame: string, outer: string): boolean;
  /** What of a function's own may still be of use. */
  liveness(id: FunctionId): Liveness;
  /** Gives an object, or all that a closure captures, to the outside. Changes `state`. */
  escape(state: State, reference: Reference | undefined): void;
}

export function createScope(
  program: Program,
  steps: number,
  { isTest, isPlain }: Pick<Scope, "isTest" | "isPlain">,
): Scope {
  let left = steps;
  let isOverlooked = false;
  const repeated = new Map<FunctionId, ReadonlySet<string>>();
  const entered = new Map<
    string,
    { readonly function: FunctionId; readonly outer: string | undefined }
  >();
  const captures = createCaptures(program);
  /** The first frame, from one outwards, that is what is asked for. */
  const outwards = (
    from: string | undefined,
    isWanted: (frame: string) => boolean,
  ): string | undefined => {
    let key = from;
    for (let depth = 0; key !== undefined && depth < LIMITS.enclosing; depth++) {
      if (isWanted(key)) return key;
      key = entered.get(key)?.outer;
    }
    return undefined;
  };
  const storeKey = (
    frame: Pick<Frame, "key" | "function">,
    variable: Variable,
  ): string | undefined => {
    if (frame.function === variable.declaredIn) return `${frame.key}:${variable.id}`;
    const outer = entered.get(frame.key)?.outer;
    const key = outwards(outer, (one) => entered.get(one)?.function === variable.declaredIn);
    return key === undefined ? undefined : `${key}:${variable.id}`;
  };
  const referenceOfPath = (state: State, frame: Frame, path: AccessPath): Reference | undefined => {
    let reference = referenceOfRoot(state, frame, path);
    for (const step of path.steps) {
      if (step.kind === "call" && step.method === "Done" && reference?.kind === "context") {
        reference = { kind: "channel", id: reference.id };
        continue;
      }
      if (step.kind !== "field" || reference?.kind !== "struct" || !state.store.has(reference.id))
        return undefined;
      reference = state.store.get(`${reference.id}.${step.name}`);
    }
    return reference;
  };
  const referenceOfRoot = (
    state: State,
    frame: Frame,
    { root }: AccessPath,
  ): Reference | undefined => {
    if (root.kind === "site") return state.store.get(`${frame.key}@${root.at.start}`);
    return root.kind === "variable" ? heldBy(state, frame, root.variable.id) : undefined;
  };
  const placeKey = (state: State, frame: Frame, path: AccessPath): string | undefined => {
    const { root, steps } = path;
    const last = steps.at(-1);
    if (!last) {
      if (root.kind === "site") return `${frame.key}@${root.at.start}`;
      return root.kind === "variable" ? storeKey(frame, root.variable) : undefined;
    }
    const holder = referenceOfPath(state, frame, { ...path, steps: steps.slice(0, -1) });
    const isOwn = holder?.kind === "struct" && state.store.has(holder.id);
    return isOwn && last.kind === "field" ? `${holder.id}.${last.name}` : undefined;
  };
  const heldBy = (
    state: State,
    frame: Pick<Frame, "key">,
    variable: string,
  ): Reference | undefined => {
    return lookUp(state.store, frame, variable);
  };
  const keyIn = (
    held: Pick<SharedMap<unknown>, "has">,
    frame: Pick<Frame, "key">,
    variable: string,
  ): string | undefined => {
    const key = outwards(frame.key, (one) => held.has(`${one}:${variable}`));
    return key === undefined ? undefined : `${key}:${variable}`;
  };
  const lookUp = <T>(
    held: Pick<SharedMap<T>, "get" | "has">,
    frame: Pick<Frame, "key">,
    variable: string,
  ): T | undefined => {
    const key = keyIn(held, frame, variable);
    return key === undefined ? undefined : held.get(key);
  };
  const constantOf: Scope["constantOf"] = (state, frame, variable) => {
    const held = lookUp(state.values, frame, variable);
    return held === ANYTHING || held === EITHER ? undefined : held;
  };
  const giveAway = (state: State, reference: Reference | undefined): void => {
    const waiting = [reference];
    const seen = new Set<string>();
    while (waiting.length > 0) {
      const next = waiting.pop();
      if (next === undefined || next.kind === "nil") continue;
      if (next.kind === "struct") {
        waiting.push(...takeFields(state, next.id));
        continue;
      }
      // Who has a context cannot cancel it.
      if (next.kind === "context") continue;
      if (next.kind === "cancel") {
        if (state.channels.has(next.id)) markEscaped(state, { kind: "channel", id: next.id });
        continue;
      }
      if (next.kind !== "closure") {
        markEscaped(state, next);
        continue;
      }
      const name = `${next.frame} ${next.function}`;
      if (seen.has(name)) continue;
      seen.add(name);
      waiting.push(next.self);
      const outer = { key: next.frame, function: entered.get(next.frame)?.function ?? "" };
      for (const variable of captures.mentioned(next.function)) {
        const key = storeKey(outer, variable);
        if (key !== undefined) waiting.push(state.store.get(key));
      }
      // Whoever has it may run it at any time.
      for (const variable of captures.assigned(next.function)) {
        const key = storeKey(outer, variable);
        if (key !== undefined) state.values.set(key, ANYTHING);
      }
    }
  };
  const closureOf = (
    state: State,
    frame: Frame,
    { function: id, receiver }: Extract<Value, { kind: "function" }>,
  ): Reference => {
    const self =
      receiver?.kind === "path" ? referenceOfPath(state, frame, receiver.path) : undefined;
    const closure = { kind: "closure" as const, function: id, frame: frame.key };
    return self ? { ...closure, self } : closure;
  };
  return {
    program,
    isTest,
    isPlain,
    model: (id) => program.model(id),
    spend: () => --left > 0,
    isSpent: () => left <= 0,
    overlook() {
      isOverlooked = true;
    },
    hasOverlooked: () => isOverlooked,
    giveUp() {
      left = 0;
    },
    isRepeated(id, condition) {
      const known = repeated.get(id) ?? repeatedConditions(program.model(id));
      repeated.set(id, known);
      return known.has(condition);
    },
    isShared: (id, bound) => isSharedBound(program, id, bound, closuresOf),
    storeKey,
    referenceOfPath,
    placeKey,
    reference(state, frame, value): Reference | undefined {
      switch (value.kind) {
        case "path":
          return referenceOfPath(state, frame, value.path);
        case "function":
          return closureOf(state, frame, value);
        case "nil":
          return { kind: "nil" };
        case "constant":
          // `send(context.Background(), c)`
          return contextNamed(value.text) === "root"
            ? { kind: "context", id: value.text }
            : undefined;
        default:
          return undefined;
      }
    },
    constant(state, frame, value) {
      if (value.kind === "constant") return value.text;
      if (value.kind !== "path" || value.path.steps.length > 0) return undefined;
      const { root } = value.path;
      return root.kind === "variable" ? constantOf(state, frame, root.variable.id) : undefined;
    },
    constantOf,
    openFlag(state, frame, variable) {
      const key = keyIn(state.values, frame, variable);
      return key !== undefined && state.values.get(key) === EITHER ? key : undefined;
    },
    size(state, frame, bound) {
      const [, base = bound, offset = "0"] = /^(.*?)([+-]\d+)?$/.exec(bound) ?? [];
      const text = /^\d+$/.test(base) ? base : lookUp(state.values, frame, base);
      const known =
        text !== undefined && /^-?\d+$/.test(text) ? Number(text) : state.counts.get(base);
      return known === undefined ? state.counts.get(bound) : Math.max(known + Number(offset), 0);
    },
    heldBy,
    captured: captures.mentioned,
    isFlag: captures.isFlag,
    frameRunning: (frame, id) => outwards(frame, (one) => entered.get(one)?.function === id),
    enter: (frame, made) => entered.set(frame, made),
    isWithin: (frame, outer) => outwards(frame, (one) => one === outer) !== undefined,
    liveness(id) {
      const model = invariant(program.model(id), "a frame has a model");
      const known = livenesses.get(model);
      if (known) return known;
      const isClosure = (one: FunctionId): boolean => program.header(one)?.enclosing !== undefined;
      const found = livenessOf(model, (one) => (isClosure(one) ? captures.mentioned(one) : []));
      livenesses.set(model, found);
      return found;
    },
    escape: giveAway,
  };
}

const livenesses = new WeakMap<FunctionModel, Liveness>();

function repeatedConditions(model: FunctionModel | undefined): ReadonlySet<string> {
  const once = new Set<string>();
  const repeated = new Set<string>();
  for (const { end } of model?.blocks ?? []) {
    if (end.kind !== "branch" || !end.condition) continue;
    const { key } = end.condition;
    if (once.has(key)) repeated.add(key);
    once.add(key);
  }
  for (const condition of model?.blocks.flatMap(({ end }) => conditionsReturned(end)) ?? [])
    if (once.has(condition)) repeated.add(condition);
  return repeated;
}

/** What the fields of a struct held, which from now on is anybody's. */
function takeFields(state: State, id: string): Reference[] {
  if (!state.store.delete(id)) return [];
  disown(state, id);
  const fields = [...state.store].filter(([key]) => key.startsWith(`${id}.`));
  for (const [key] of fields) state.store.delete(key);
  return fields.map(([, held]) => held);
}

function markEscaped(
  state: State,
  { kind, id }: { readonly kind: "channel" | "group" | "lock"; readonly id: string },
): void {
  if (kind === "group") {
    const group = invariant(state.groups.get(id), "a reference is made with its object");
    state.groups.set(id, { ...group, isEscaped: true });
    state.isUnordered = true;
  } else if (kind === "lock") {
    if (state.locks.delete(id)) disown(state, id);
  } else {
    const channel = state.channels.get(id);
    if (!channel) return;
    if (channel.isClosed || channel.isContext)
      state.channels.set(id, { ...channel, isEscaped: true });
    else if (state.channels.delete(id)) disown(state, id);
  }
}

/** The name of what was given away: it is something, and nobody in the scope can tell what becomes of it. */
const ANYBODYS = "";

/** Names that an object had stand for something unknown from now on, so that states differ no more in what they knew of it. */
function disown(state: State, id: string): void {
  const without = (reference: Reference): Reference => {
    if (reference.kind === "closure") {
      const self = reference.self && without(reference.self);
      return self === reference.self || !self ? reference : { ...reference, self };
    }
    return reference.kind !== "nil" && reference.id === id
      ? { ...reference, id: ANYBODYS }
      : reference;
  };
  for (const [key, reference] of [...state.store]) {
    const left = without(reference);
    if (left !== reference) state.store.set(key, left);
  }
}
