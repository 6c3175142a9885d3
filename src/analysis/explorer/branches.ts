import { assertNever, invariant } from "../../core/invariant.ts";
import type { Condition, FunctionModel, Terminator } from "../../model/function.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { pathKey } from "../../model/path.ts";
import { isCountedLoop } from "./counted-loops.ts";
import { movedTo, withFrame } from "./frames.ts";
import { LIMITS } from "./limits.ts";
import { assuming, lose, type Outcome } from "./outcome.ts";
import { leave } from "./returns.ts";
import type { Scope } from "./scope.ts";
import type { SharedMap } from "./shared-map.ts";
import { COUNTED, type Frame, type State } from "./state.ts";

/** Goes on where a block ends: one outcome for each way that is open. */
export function leaveBlock(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  end: Terminator,
): Outcome[] {
  const { state } = outcome;
  const to = (block: number): Outcome => ({
    ...outcome,
    state: movedTo(state, thread, block, 0),
  });
  switch (end.kind) {
    case "goto":
      return [to(end.to)];
    case "switch":
      return end.targets.map((block, side) => assuming(to(block), frame, side));
    case "branch":
      return branch(scope, outcome, thread, frame, end.condition, end.then, end.otherwise);
    case "loop":
      return loop(scope, outcome, thread, frame, end);
    case "return":
      return [leave(scope, outcome, thread, frame, "return", end.values)];
    case "goexit":
      // A goroutine that fails its test: what the test waits for then is not the fault.
      if (thread !== 0) return [lose(outcome, thread, "crashed")];
      return [leave(scope, outcome, thread, frame, "goexit", [])];
    case "panic":
    case "exit":
      // The process ends, or somebody recovers: neither is evidence.
      return [lose(outcome, thread, "crashed")];
    case "select":
    case "stuck":
      return [outcome];
    default:
      return assertNever(end);
  }
}

export function branch(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  condition: Condition | undefined,
  then: number,
  otherwise: number,
): Outcome[] {
  const { state } = outcome;
  const go = (block: number): Outcome => ({
    ...outcome,
    state: movedTo(state, thread, block, 0),
  });
  if (!condition) return [assuming(go(then), frame, 1), assuming(go(otherwise), frame, 0)];
  if (condition.constant !== undefined) return [go(condition.constant ? then : otherwise)];
  const isNil = nilness(scope, state, frame, condition);
  const take = (test: boolean): Outcome => go(test !== condition.negated ? then : otherwise);
  if (isNil !== undefined) return [take(isNil)];
  const known = testOfConstant(scope, state, frame, condition);
  if (known !== undefined) return [take(known)];
  // An error may always come, and may always stay away; in a test it does not.
  const isOpen = condition.isErrorTest && !scope.isTest;
  // What a goroutine finds out by itself may turn out either way, and for one of them as for another.
  const isOwn = thread > 0 && !condition.isErrorTest && readsOwn(scope, state, frame, condition);
  const guess = (test: boolean): Outcome =>
    isOpen ? take(test) : assuming(take(test), frame, test ? 1 : 0, isOwn);
  const flag = scope.openFlag(state, frame, condition.key);
  if (flag !== undefined) {
    return [true, false].map((test) => {
      const values = state.values.copy().set(flag, String(test));
      const guessed = guess(test);
      return { ...guessed, state: { ...guessed.state, values } };
    });
  }
  const fact = `${frame.key}|${condition.key}`;
  const before = state.facts.get(fact);
  if (before) return [take(before.value)];
  if (!scope.isRepeated(frame.function, condition.key)) return [guess(true), guess(false)];
  return [true, false].map((test) => {
    const facts = state.facts.copy().set(fact, { value: test, reads: condition.reads });
    const guessed = guess(test);
    return { ...guessed, state: { ...guessed.state, facts } };
  });
}

/**
 * Whether a condition is about variables alone that the function itself declares: not about what it was given, nor the flag that
 * comes with a value, `item, isShutDown := queue.get()`, which is false until somebody ends it all.
 */
function readsOwn(scope: Scope, state: State, frame: Frame, { reads }: Condition): boolean {
  const model = invariant(scope.model(frame.function), "a frame has a model");
  return (
    reads.length > 0 &&
    reads.every((read) => {
      const [, variable = "", file, offset] = /^((.*):(\d+))/.exec(read) ?? [];
      const start = Number(offset);
      const isOwn = file === model.file && model.at.start <= start && start < model.at.end;
      return (
        isOwn &&
        !isGiven(model, variable) &&
        !isFlagOf(model, read) &&
        !isFromOthers(scope, state, frame, model, read)
      );
    })
  );
}

/** `isStopped := limit.wait(stop)`: what is asked with a channel or a context in hand may be for others to say. */
function isFromOthers(
  scope: Scope,
  state: State,
  frame: Frame,
  model: FunctionModel,
  variable: string,
): boolean {
  return operationsOf(model).some(
    (one) =>
      one.kind === "call" &&
      one.results.some((result) => result && pathKey(result) === variable) &&
      one.arguments.some((value) => {
        const kind = scope.reference(state, frame, value)?.kind;
        return kind === "channel" || kind === "context";
      }),
  );
}

function isGiven({ parameters, receiver }: FunctionModel, variable: string): boolean {
  return receiver?.id === variable || parameters.some(({ id }) => id === variable);
}

function isFlagOf(model: FunctionModel, variable: string): boolean {
  return operationsOf(model).some((one) => {
    if (one.kind === "receive") return one.ok !== undefined && pathKey(one.ok) === variable;
    if (one.kind !== "call" || one.results.length < 2) return false;
    const last = one.results.at(-1);
    return last !== undefined && pathKey(last) === variable;
  });
}

/** For `ok`, `n == 2` and `i < n`, where it is known which constants the variables hold. */
function testOfConstant(
  scope: Scope,
  state: State,
  frame: Frame,
  { key, reads }: Condition,
): boolean | undefined {
  if (reads.length === 0) return undefined;
  const held = new Map<string, string>();
  for (const variable of reads) {
    const constant = scope.constantOf(state, frame, variable);
    if (constant === undefined) return undefined;
    held.set(variable, constant);
  }
  const itself = held.get(key);
  if (itself !== undefined)
    return itself === "true" ? true : itself === "false" ? false : undefined;
  const [left = "", operator = "", right = ""] = key.split(/(==|<)/);
  const [first, second] = [left, right].map((one) => held.get(one) ?? one);
  if (first === undefined || second === undefined) return undefined;
  const areNumbers = /^-?\d+$/.test(first) && /^-?\d+$/.test(second);
  if (operator === "==" && (areNumbers || first === second)) return first === second;
  return operator === "<" && areNumbers ? Number(first) < Number(second) : undefined;
}

/** For `c == nil`, where it is known what `c` holds. */
function nilness(
  scope: Scope,
  state: State,
  frame: Frame,
  condition: Condition,
): boolean | undefined {
  const [place, ...others] = condition.reads;
  if (place === undefined || others.length > 0 || condition.key !== `${place}==nil`)
    return undefined;
  const [, variable = "", fields = ""] = /^(.*?:\d+)((?:\.\w+)*)$/.exec(place) ?? [];
  let held = scope.heldBy(state, frame, variable);
  for (const field of fields.split(".").slice(1))
    held =
      held?.kind === "struct" && state.store.has(held.id)
        ? state.store.get(`${held.id}.${field}`)
        : undefined;
  return held && held.kind === "nil";
}

function loop(
  scope: Scope,
  outcome: Outcome,
  thread: number,
  frame: Frame,
  end: Extract<Terminator, { kind: "loop" }>,
): Outcome[] {
  const { state } = outcome;
  const passes = frame.passes[frame.block] ?? 0;
  const model = scope.model(frame.function);
  const isByStarts = model !== undefined && isCountedLoop(model, frame.block);
  const again = (): Outcome => {
    const change = { block: end.body, index: 0, received: undefined };
    const counted =
      end.bound === undefined && !isByStarts
        ? frame.passes
        : { ...frame.passes, [frame.block]: passes + 1 };
    return { ...outcome, state: withFrame(state, thread, { ...change, passes: counted }) };
  };
  const out = (counts: SharedMap<number>): Outcome => {
    const change = {
      block: end.exit,
      index: 0,
      received: undefined,
      passes: { ...frame.passes, [frame.block]: 0 },
    };
    return { ...outcome, state: { ...withFrame(state, thread, change), counts } };
  };
  if (frame.received === "value") return [again()];
  if (frame.received === "closed") return [out(state.counts)];
  if (isByStarts)
    return [assuming(passes < state.threads.length - 1 ? again() : out(state.counts), frame, 0)];
  const isCounted =
    end.bound !== undefined && scope.constantOf(state, frame, end.bound) === COUNTED;
  // What a test loops over it has written down itself; what was counted may be none.
  const isUsual = !(scope.isTest && thread === 0) && !isCounted;
  const either = (stop: Outcome): Outcome[] => [
    assuming(again(), frame, 1, isUsual),
    assuming(stop, frame, 0),
  ];
  if (end.bound === undefined) return either(out(state.counts));
  const wanted = scope.size(state, frame, end.bound);
  if (wanted !== undefined && passes < wanted)
    return passes < LIMITS.passes * 2 ? [again()] : [lose(outcome, thread)];
  if (wanted !== undefined) return [out(state.counts)];
  const isKept = scope.isShared(frame.function, end.bound);
  if (isKept && isPassedBy(scope, state, end.bound, passes))
    return passes < LIMITS.passes * 2 ? [again()] : [lose(outcome, thread)];
  const stop = out(isKept ? state.counts.copy().set(end.bound, passes) : state.counts);
  if (passes < LIMITS.passes) return either(stop);
  const more = lose(outcome, thread);
  return isUsual ? [more, stop] : [assuming(more, frame, 1), assuming(stop, frame, 0)];
}

/** Another loop over the same has begun more passes by now. */
function isPassedBy(scope: Scope, { threads }: State, bound: string, passes: number): boolean {
  return threads.some(({ frames }) =>
    frames.some(({ function: id, passes: counted }) => {
      const blocks = scope.model(id)?.blocks ?? [];
      return blocks.some(
        ({ end }, block) =>
          end.kind === "loop" && end.bound === bound && (counted[block] ?? 0) > passes,
      );
    }),
  );
}
