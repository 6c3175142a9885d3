import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey, type Variable } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { findUnmetDuty } from "../lifetimes/unmet-duty.ts";
import { closureMentions, mentionsAtEnd, mentionsOf } from "../mentions.ts";
import { callSites } from "./call-sites.ts";
import { type HeldLocks, heldLocks } from "./held-locks.ts";

/**
 * A function that unlocks, which a caller gets from one that locks and does not call on some way out:
 *
 *     func (o *orchard) enter() (leave func()) { o.mu.Lock(); return func() { o.mu.Unlock() } }
 *
 *     leave := o.enter()
 *     if !ok { return errNoRow }        // locked for ever
 *     leave()
 */
export interface ForgottenLeave {
  readonly function: FunctionModel;
  /** What locks, and the name that the caller gives to what unlocks. */
  readonly locker: FunctionModel;
  readonly leave: string;
  readonly lock: AccessPath;
  readonly takenAt: Place;
  readonly lockedAt: Place;
  /** The return without the call. */
  readonly at: Place;
}

/** A function that locks and returns, on every way out, a closure that unlocks. */
interface Locker {
  readonly model: FunctionModel;
  readonly lock: AccessPath;
  readonly lockedAt: Place;
  /** The position of the closure among the results. */
  readonly result: number;
}

/** `return func() { … Unlock() }` of a function that locks. */
const INTEREST = /return func\(\)[\s\S]*nlock\(\)/;

export const forgottenLeaves = defineAnalysis("forgotten leaves", (use): ForgottenLeave[] => {
  const functions = use(program);
  const lockers = functions
    .functionsWith(INTEREST)
    .flatMap(({ id }) => lockerOf(functions, use(heldLocks), id) ?? []);
  const inClosure = closureMentions(functions);
  return lockers.flatMap((locker) =>
    use(callSites)
      .of(locker.model.id)
      .flatMap(({ caller, operation }) => {
        const model = functions.model(caller);
        if (!model || model.isDamaged || model.isTest || !functions.isJudged(model.file)) return [];
        return operation.kind === "call" ? leftBy(model, locker, operation, inClosure) : [];
      }),
  );
});

function lockerOf(
  functions: Program,
  locks: HeldLocks,
  id: FunctionModel["id"],
): Locker | undefined {
  const model = functions.model(id);
  if (!model || model.isDamaged || model.role === "closure") return undefined;
  const taken = operationsOf(model).filter((one) => one.kind === "acquire");
  const returns = model.blocks.flatMap(({ end }) => (end.kind === "return" ? [end.values] : []));
  const [first] = returns;
  const result = first?.findIndex(({ kind }) => kind === "function") ?? -1;
  const [only, ...others] = taken;
  if (only?.kind !== "acquire" || others.length > 0 || result < 0) return undefined;
  const key = pathKey(only.lock);
  const areAllLeaves = returns.every((values) => {
    const value = values[result];
    const summary = value?.kind === "function" ? locks.summaryOf(value.function) : undefined;
    return summary?.givesUp.some((lock) => key !== undefined && pathKey(lock) === key);
  });
  return areAllLeaves
    ? { model, lock: only.lock, lockedAt: placeIn(model, only.at), result }
    : undefined;
}

function leftBy(
  model: FunctionModel,
  { model: locker, lock, lockedAt, result }: Locker,
  call: OperationOf<"call">,
  inClosure: ReturnType<typeof closureMentions>,
): ForgottenLeave[] {
  const root = call.results[result]?.root;
  if (root?.kind !== "variable" || call.results[result]?.steps.length !== 0) return [];
  const { variable } = root;
  if (variable.role !== "local" || variable.declaredIn !== model.id) return [];
  const unmet = findUnmetDuty(model, {
    begins: call,
    isMetBy: (one) => one !== call && speaksOf(one, variable, inClosure),
    isMetAtEnd: (end) => asksOf(end, variable, inClosure),
    isLostBy: () => false,
  });
  if (unmet?.how !== "returned") return [];
  return [
    {
      function: model,
      locker,
      leave: variable.name,
      lock,
      takenAt: placeIn(model, call.at),
      lockedAt,
      at: placeIn(model, unmet.at),
    },
  ];
}

/** Whether an operation calls it, or gives it to somebody who may. */
function speaksOf(
  operation: Operation,
  variable: Variable,
  inClosure: ReturnType<typeof closureMentions>,
): boolean {
  const { paths, functions } = mentionsOf(operation);
  return (
    paths.some((path) => isOf(path, variable)) || functions.some((id) => inClosure(id, variable))
  );
}

function asksOf(
  end: Terminator,
  variable: Variable,
  inClosure: ReturnType<typeof closureMentions>,
): boolean {
  const { paths, functions } = mentionsAtEnd(end);
  const isAsked =
    end.kind === "branch" && end.condition?.reads.some((read) => read === variable.id) === true;
  return (
    isAsked ||
    paths.some((path) => isOf(path, variable)) ||
    functions.some((id) => inClosure(id, variable))
  );
}

function isOf({ root }: AccessPath, { id }: Variable): boolean {
  return root.kind === "variable" && root.variable.id === id;
}
