import { defineAnalysis } from "../core/analysis.ts";
import type { Trace } from "../core/finding.ts";
import type { Place } from "../core/position.ts";
import type { FunctionModel } from "../model/function.ts";
import type { Operation, OperationOf } from "../model/operation.ts";
import type { AccessPath } from "../model/path.ts";
import { type Program, program } from "../model/program.ts";
import {
  type Crossing,
  calledName,
  comesTo,
  crossingFrom,
  isInOneCall,
  modelForRaces,
} from "./interleavings/across-await.ts";
import { isGuarded, isUnderLock } from "./interleavings/guards.ts";
import { mayOverlap } from "./interleavings/overlap.ts";
import { givesEveryoneTheSame } from "./interleavings/same-for-all.ts";
import { type SharedTest, sharedTests } from "./interleavings/shared-tests.ts";
import { inFileOf, twoCallsTrace } from "./interleavings/two-calls.ts";
import { isShared } from "./shared-state.ts";

/** Shared state that is tested, and set after an `await` as if nothing could have happened meanwhile. */
export interface LazyInitialization {
  readonly function: FunctionModel;
  readonly target: AccessPath;
  readonly testedAt: Place;
  readonly awaitedAt: Place;
  readonly writtenAt: Place;
  /** The call that makes what is set, as far as it has a name: `connect()`, or `Client` of `new Client()`. */
  readonly made: string | undefined;
  /** What is set is only a part of what was awaited: `found.id`. */
  readonly isPart: boolean;
  /** It is made of shared state alone, which both calls find the same: `deriveKey(this.secret)`. */
  readonly isDerived: boolean;
  readonly trace: Trace;
}

const INTEREST = /\bawait\b/;

/**
 * `if (!x) x = await make()` and its other forms, in functions that may run a second time while the first waits: the state
 * is a binding of the module or of an outer function, or a field of `this`. Silent where the state is tested again after the
 * await, where a promise or a flag is stored before it, and under a lock.
 */
export const lazyInitializations = defineAnalysis(
  "lazy initializations",
  (use): LazyInitialization[] => {
    const functions = use(program);
    return functions.functionsWith(INTEREST).flatMap(({ id, isTest, isAsync, runsOnce, file }) => {
      if (isTest || !isAsync || runsOnce || !functions.isJudged(file)) return [];
      const model = modelForRaces(functions, id);
      if (!model || model.isDamaged) return [];
      const found = inFunction(model, functions).filter(({ target }) =>
        mayOverlap(model, target, functions),
      );
      return found.length > 0 && isUnderLock(model, functions) ? [] : found;
    });
  },
);

function inFunction(model: FunctionModel, functions: Program): LazyInitialization[] {
  const found = new Map<string, LazyInitialization>();
  for (const test of sharedTests(model, (path) => isShared(path, model))) {
    const { key } = test;
    if (!test.isNilTest || found.has(key)) continue;
    const race = crossingFrom(model, {
      key,
      block: test.then,
      relies: (write) => !isReset(write),
      isSame: (made, before) => givesEveryoneTheSame(made, before, functions),
    });
    if (!race || isGuarded(model, race.flags, key)) continue;
    if (isInOneCall(model, test.block, race.block)) continue;
    // What is set either way is not made because it was missing: `if (x) await x.close(); x = await open()`.
    if (comesTo(model, test.otherwise, race.block, test.block)) continue;
    const maker = makerOf(model, race);
    const made = maker && calledName(maker, functions);
    const isDerived = maker !== undefined && isGivenState(maker, model);
    found.set(key, { ...describe(model, test, race), made, isPart: isPart(race.write), isDerived });
  }
  return [...found.values()];
}

/** The outermost call in the statement that sets the state, or else the one that was awaited. */
function makerOf({ blocks }: FunctionModel, { write, made }: Crossing): Crossing["made"] {
  const calls = blocks.flatMap(({ operations }) =>
    operations.filter(
      (operation): operation is OperationOf<"call"> =>
        operation.kind === "call" &&
        operation.at.start >= write.at.start &&
        operation.at.end <= write.at.end,
    ),
  );
  const widest = Math.max(...calls.map(({ at }) => at.end - at.start));
  return calls.find(({ at }) => at.end - at.start === widest) ?? made;
}

function isGivenState({ arguments: given }: OperationOf<"call">, model: FunctionModel): boolean {
  return (
    given.length > 0 && given.every((value) => value.kind === "path" && isShared(value.path, model))
  );
}

function isPart(write: Operation): boolean {
  const value = write.kind === "write" || write.kind === "assign" ? write.value : undefined;
  return value?.kind === "path" && value.path.steps.length > 0;
}

function isReset(operation: Operation): boolean {
  const value =
    operation.kind === "write" || operation.kind === "assign" ? operation.value : undefined;
  return value?.kind === "nil" || value?.kind === "constant";
}

function describe(
  model: FunctionModel,
  { target, at: lookedAt }: SharedTest,
  { awaited: { at: awaitedAt }, write: { at: writtenAt } }: Crossing,
): Omit<LazyInitialization, "made" | "isPart" | "isDerived"> {
  const place = inFileOf(model);
  const { text } = target;
  return {
    function: model,
    target,
    testedAt: place(lookedAt),
    awaitedAt: place(awaitedAt),
    writtenAt: place(writtenAt),
    trace: twoCallsTrace(model, {
      lookedAt,
      awaitedAt,
      writtenAt,
      finds: [`finds ${text} unset`, `finds ${text} still unset`],
      waitsAgain: "waits for the same a second time",
      writes: [`sets ${text}`, `sets ${text} again: what the first call made is lost`],
    }),
  };
}
