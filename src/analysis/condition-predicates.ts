import { defineAnalysis } from "../core/analysis.ts";
import type { Place, Span } from "../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { OperationOf } from "../model/operation.ts";
import { operationsOf } from "../model/operations-of.ts";
import { type AccessPath, type FunctionId, pathKey } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import { successors } from "../model/successors.ts";
import { type CallSites, callSites } from "./locks/call-sites.ts";

/** A waiter that the end of its object does not wake, or not for good. */
export interface MissedWakeUp {
  readonly condition: string;
  readonly at: Place;
  readonly function: FunctionHeader;
  /** The flag that says that it is over; undefined where waiters need different amounts. */
  readonly flag: string | undefined;
  readonly otherAt: Place;
  readonly other: FunctionHeader;
}

export interface ConditionPredicates {
  /** `closed = true; cond.Broadcast()`, and a waiter that does not test closed: it goes on waiting. */
  readonly untested: readonly MissedWakeUp[];
  /** `closed = true` that a waiter tests, and nobody wakes it. */
  readonly silent: readonly MissedWakeUp[];
  /** `closed = true; cond.Signal()`, where many may wait: all but one go on waiting. */
  readonly halfHeard: readonly MissedWakeUp[];
  /** Signal where how much a waiter needs is its parameter: the one that is woken may need more than another. */
  readonly differing: readonly MissedWakeUp[];
}

interface Waiter {
  readonly model: FunctionModel;
  readonly wait: OperationOf<"wait">;
  /** Slot of the condition. */
  readonly condition: string;
  /** Fields beside the condition that its loop tests, by slot. */
  readonly tests: ReadonlySet<string>;
  readonly needsParameter: boolean;
  /** Whether it waits while something is empty: nothing comes any more after the end. */
  readonly awaitsMore: boolean;
}

const INTEREST = /\.(Wait|Signal|Broadcast)\(/;
/** Flags after which nothing comes any more. */
const END =
  /^(is)?_?(clos|done|stop|shut|quit|end|exit|cancel|dead|eof|finish|terminat|kill|drain)/i;

/** Waiters in loops whose tests are simple: comparisons of fields of the object that the condition belongs to. */
export const conditionPredicates = defineAnalysis(
  "condition predicates",
  (use): ConditionPredicates => {
    const functions = use(program);
    const models = functions
      .functionsWith(INTEREST)
      .flatMap(({ id }) => functions.model(id) ?? [])
      .filter(({ isDamaged }) => !isDamaged);
    const waiters = models.flatMap((model) => waitersIn(functions, model));
    const signals = models.flatMap((model) =>
      operationsOf(model).flatMap((signal) =>
        signal.kind === "signal" ? [{ model, signal, condition: signal.condition.slot }] : [],
      ),
    );
    const wakers = (condition: string): typeof signals =>
      signals.filter((one) => one.condition === condition);
    const judged = waiters.filter(({ model }) => functions.isJudged(model.file));
    return {
      untested: judged.flatMap((waiter) =>
        wakers(waiter.condition)
          .filter(({ signal }) => signal.all)
          .flatMap(({ model }) => {
            const [end, ...others] = endsSetIn(functions, model, waiter.condition);
            if (!end || others.length > 0 || waiter.tests.has(end.slot)) return [];
            if (!waiter.awaitsMore || model.id === waiter.model.id) return [];
            return [missed(waiter, waiter.model, waiter.wait.at, end.slot, model, end.at)];
          })
          .slice(0, 1),
      ),
      silent: silentEnds(functions, judged, new Set(signals.map(({ model }) => model.id))),
      halfHeard: judged.flatMap((waiter) => {
        const all = wakers(waiter.condition);
        // Who is woken and wakes the next tells all of them in the end.
        if (all.some(({ model, signal }) => signal.all || model.id === waiter.model.id)) return [];
        if (!mayBeMany(waiter.model.id, functions, use(callSites))) return [];
        return all.flatMap(({ model, signal }) => {
          const [end] = endsSetIn(functions, model, waiter.condition);
          if (!end || !waiter.tests.has(end.slot)) return [];
          return [missed(waiter, model, signal.at, end.slot, waiter.model, waiter.wait.at)];
        });
      }),
      differing: judged.flatMap((waiter) => {
        const all = wakers(waiter.condition);
        const [first] = all;
        if (!waiter.needsParameter || !first || all.some(({ signal }) => signal.all)) return [];
        const { model, signal } = first;
        return [missed(waiter, model, signal.at, undefined, waiter.model, waiter.wait.at)];
      }),
    };
  },
);

function missed(
  { wait }: Waiter,
  where: FunctionModel,
  at: Span,
  slot: string | undefined,
  other: FunctionModel,
  otherAt: Span,
): MissedWakeUp {
  return {
    condition: wait.on.text,
    function: where,
    at: { file: where.file, start: at.start, end: at.end },
    flag: slot?.slice(slot.lastIndexOf(".") + 1),
    other,
    otherAt: { file: other.file, start: otherAt.start, end: otherAt.end },
  };
}

function waitersIn(functions: Program, model: FunctionModel): Waiter[] {
  return operationsOf(model).flatMap((wait) => {
    const condition =
      wait.kind === "wait" && wait.object === "condition" ? wait.on.slot : undefined;
    if (wait.kind !== "wait" || condition === undefined) return [];
    const loop = loopAround(model, wait);
    const holder = pathKey({ ...wait.on, steps: wait.on.steps.slice(0, -1) });
    if (loop.length === 0 || holder === undefined) return [];
    const tests = new Set<string>();
    if (asksForParameter(functions, model, loop, holder))
      return [{ model, wait, condition, tests, needsParameter: true, awaitsMore: false }];
    let needsParameter = false;
    let awaitsMore = false;
    for (const { operations, end } of loop) {
      if (operations.some(({ kind }) => kind === "call")) return [];
      if (end.kind !== "branch") continue;
      if (!end.condition) return [];
      const { key, negated } = end.condition;
      if (/^len\(.*==0$/.test(key) && !negated) awaitsMore = true;
      for (const read of end.condition.reads) {
        if (model.parameters.some(({ id }) => id === read)) needsParameter = true;
        else if (read.startsWith(`${holder}.`))
          tests.add(`${ownerOf(condition)}${read.slice(holder.length)}`);
        else return [];
      }
    }
    return tests.size === 0 ? [] : [{ model, wait, condition, tests, needsParameter, awaitsMore }];
  });
}

/** Whether all that the loop does is ask the condition's object for a parameter: `for !b.fits(n) { b.freed.Wait() }`. */
function asksForParameter(
  functions: Program,
  { parameters }: FunctionModel,
  loop: FunctionModel["blocks"],
  holder: string,
): boolean {
  const calls = loop.flatMap(({ operations }) => operations.filter(({ kind }) => kind === "call"));
  const branches = loop.filter(({ end }) => end.kind === "branch");
  const [call, ...others] = calls;
  if (call?.kind !== "call" || call.callee.kind !== "static") return false;
  if (others.length > 0 || branches.length !== 1) return false;
  const { receiver } = call.callee;
  if (receiver?.kind !== "path" || pathKey(receiver.path) !== holder) return false;
  const isParameter = ({ root, steps }: AccessPath): boolean =>
    root.kind === "variable" && steps.length === 0 && parameters.includes(root.variable);
  const asked = functions.model(call.callee.function);
  return (
    asked !== undefined &&
    operationsOf(asked).length === 0 &&
    call.arguments.some((value) => value.kind === "path" && isParameter(value.path))
  );
}

/** `package.Type` of the slot of a field. */
function ownerOf(slot: string): string {
  return slot.slice(0, slot.lastIndexOf("."));
}

/** The blocks that are passed between one wait and the next. */
function loopAround({ blocks }: FunctionModel, wait: OperationOf<"wait">): FunctionModel["blocks"] {
  const start = blocks.findIndex(({ operations }) => operations.includes(wait));
  const onward = reachable(blocks, start);
  return [...onward].flatMap((at) => {
    const block = blocks[at];
    return block && reachable(blocks, at).has(start) ? [block] : [];
  });
}

function reachable(blocks: FunctionModel["blocks"], start: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const waiting = [start];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    for (const next of block ? successors(block.end) : []) {
      if (seen.has(next)) continue;
      seen.add(next);
      waiting.push(next);
    }
  }
  return seen;
}

/** Callers that are asked in turn. */
const CALLERS = 3;

/** Whether more than one goroutine may come to a function: it is not only a part of one that is started once. */
function mayBeMany(
  id: FunctionId,
  functions: Program,
  calls: CallSites,
  depth: number = CALLERS,
): boolean {
  if (functions.header(id)?.isExported || calls.isHandedOn(id) || depth === 0) return true;
  const [site, ...others] = calls.of(id);
  if (!site || others.length > 0) return true;
  const { caller, operation } = site;
  if (operation.kind === "call") return mayBeMany(caller, functions, calls, depth - 1);
  const model = functions.model(caller);
  const block = model?.blocks.findIndex(({ operations }) => operations.includes(operation)) ?? -1;
  return model === undefined || reachable(model.blocks, block).has(block);
}

/** The flags of the condition's object that a function sets for good. */
function endsSetIn(
  functions: Program,
  { id }: FunctionModel,
  condition: string,
): { readonly slot: string; readonly at: Span }[] {
  const model = functions.accesses?.(id);
  return operationsOf(model ?? { blocks: [] }).flatMap((operation) => {
    if (operation.kind !== "write" || operation.value.kind !== "constant") return [];
    const { slot } = operation.path;
    const isEnd =
      operation.value.text === "true" &&
      slot !== undefined &&
      ownerOf(slot) === ownerOf(condition) &&
      END.test(slot.slice(slot.lastIndexOf(".") + 1));
    return isEnd ? [{ slot, at: operation.at }] : [];
  });
}

/** Flags that a waiter tests and that are set where neither the function nor one that calls it or that it calls wakes anybody. */
function silentEnds(
  functions: Program,
  waiters: readonly Waiter[],
  wake: ReadonlySet<string>,
): MissedWakeUp[] {
  return waiters.flatMap((waiter) =>
    [...waiter.tests].flatMap((slot) => {
      const name = slot.slice(slot.lastIndexOf(".") + 1);
      if (!END.test(name)) return [];
      return functions.functionsWith(new RegExp(`\\.${name} = true\\b`)).flatMap((header) => {
        const model = functions.model(header.id);
        if (!model || header.role === "closure" || wake.has(header.id)) return [];
        // Who has come past the same wait knows that the others need not wait any more either.
        if (waiters.some((one) => one.model.id === header.id && one.tests.has(slot))) return [];
        const [end] = endsSetIn(functions, model, waiter.condition).filter(
          (one) => one.slot === slot,
        );
        if (!end || mayWakeElsewhere(functions, model, wake)) return [];
        return [missed(waiter, model, end.at, slot, waiter.model, waiter.wait.at)];
      });
    }),
  );
}

function mayWakeElsewhere(
  functions: Program,
  model: FunctionModel,
  wake: ReadonlySet<string>,
): boolean {
  const name = model.name.slice(model.name.lastIndexOf(".") + 1);
  const isCalledByWaker = functions
    .functionsWith(new RegExp(`\\b${name}\\(`))
    .some(({ id }) => id !== model.id && wake.has(id));
  // What it calls of its own package may wake.
  return (
    isCalledByWaker ||
    operationsOf(model).some(
      (operation) =>
        operation.kind === "call" &&
        (operation.callee.kind === "static" || operation.callee.kind === "dynamic"),
    )
  );
}
