import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import type { Acquisition, LockStep } from "./acquisition.ts";
import { heldLocks } from "./held-locks.ts";
import { isNextPass, type LockWalk, type Relock } from "./walk-outcome.ts";

/** A goroutine that waits for a lock that it holds itself. */
export interface SelfDeadlock {
  readonly function: FunctionModel;
  readonly lock: AccessPath;
  /** The second acquisition, or the call of the function that does it. */
  readonly at: Place;
  /** The call that leads there under the lock. */
  readonly calledAt: Place;
  readonly acquiredAt: Place;
  /** Functions between, outermost first; empty where the function does it itself. */
  readonly through: readonly string[];
  /** Where the lock is taken again: the same place as `at`, or inside the callee. */
  readonly againAt: Place;
  /** read: both for reading, which blocks only once a writer waits between them. */
  readonly kind: "certain" | "read";
  /** Whether every path comes to it; otherwise some condition decides. */
  readonly isUnconditional: boolean;
  /** Whether the locks are known to be one by their field alone. */
  readonly isByField: boolean;
  readonly trace: Trace;
}

/** Locks that are taken again while held, directly or through functions of the unit. */
export const selfDeadlocks = defineAnalysis("self-deadlocks", (use): SelfDeadlock[] => {
  const functions = use(program);
  const { walks } = use(heldLocks);
  const unlockers = functionsByGivenUpKey(walks);
  const writers = writersByName(walks);
  const found = walks.flatMap(({ model, isComplete, relocks }) => {
    if (!isComplete || !functions.isJudged(model.file)) return [];
    const isUnlockedByAnother = ({ key }: Acquisition) =>
      [...(unlockers.get(key) ?? [])].some((id) => id !== model.id);
    return (
      onePerPlace(relocks)
        // What the next pass of a loop locks again was not unlocked: a fault of its own.
        .filter((relock) => !isNextPass(relock))
        // Of a semaphore there is more than one to take.
        .filter(({ held }) => held.object !== "semaphore")
        .filter(({ held, again }) => !dependsOnCaller(again) && !isUnlockedByAnother(held))
        .flatMap((relock) => {
          if (!isOfReaders(relock)) return [describe(model, relock, undefined, functions)];
          const writer = writers.get(nameOf(relock.held.lock));
          return writer ? [describe(model, relock, writer, functions)] : [];
        })
    );
  });
  return nearest(found);
});

/** Several functions may come to one place with the lock: the one that is nearest to it speaks. */
function nearest(found: readonly SelfDeadlock[]): SelfDeadlock[] {
  const best = new Map<string, SelfDeadlock>();
  for (const one of found) {
    const key = `${one.at.file} ${one.at.start} ${one.kind}`;
    const known = best.get(key);
    if (!known || one.through.length < known.through.length) best.set(key, one);
  }
  return [...best.values()];
}

/** Both for reading: blocks only behind a writer. */
function isOfReaders({ held, again }: Relock): boolean {
  return held.mode === "read" && again.mode === "read";
}

/** The call of the function that locks again; where others stand between that cannot be told apart, the first call. */
function placeOf({ steps, isIndirect }: Acquisition, functions: Program): Place | undefined {
  if (isIndirect) return undefined;
  const calls = steps.slice(0, -1);
  // `s.lock()` is a way to say `s.mu.Lock()`.
  const named = calls.filter(({ action }) => !/\.r?lock$/i.test(action));
  // What formatting calls may well lock: it is the formatting that is out of place.
  const formatting = calls.find(({ action }) => /\.(?:String|Error|Marshal\w+)$/.test(action));
  if (formatting) return formatting.at;
  return named.findLast(({ at }) => functions.isJudged(at.file))?.at;
}

interface Writer {
  readonly name: string;
  readonly at: Place;
}

/** Some function that locks for writing, by the lock's field or variable. */
function writersByName(walks: readonly LockWalk[]): ReadonlyMap<string, Writer> {
  const writers = new Map<string, Writer>();
  for (const { model, acquisitions } of walks) {
    for (const { lock, mode, at, steps } of acquisitions) {
      if (mode !== "write" || steps.length > 1 || writers.has(nameOf(lock))) continue;
      writers.set(nameOf(lock), { name: model.name, at: { file: model.file, ...at } });
    }
  }
  return writers;
}

function nameOf(lock: AccessPath): string {
  return lock.slot ?? pathKey(lock) ?? lock.text;
}

/** Who releases a lock without having taken it, by the lock's key: another goroutine may unlock in between. */
function functionsByGivenUpKey(walks: readonly LockWalk[]): ReadonlyMap<string, Set<FunctionId>> {
  const functions = new Map<string, Set<FunctionId>>();
  for (const { model, givenUp } of walks) {
    for (const path of givenUp) {
      const key = pathKey(path);
      if (key !== undefined) functions.set(key, (functions.get(key) ?? new Set()).add(model.id));
    }
  }
  return functions;
}

/** One fault for each place: of several ways to it the shortest. */
function onePerPlace(relocks: readonly Relock[]): Relock[] {
  const best = new Map<string, Relock>();
  for (const relock of relocks) {
    const key = `${relock.again.at.start} ${relock.again.key}`;
    const known = best.get(key);
    if (!known || relock.again.steps.length < known.again.steps.length) best.set(key, relock);
  }
  return [...best.values()];
}

/** A callee that locks or not as an argument tells it is told not to, as a rule. */
function dependsOnCaller({ steps, under }: Acquisition): boolean {
  return steps.length > 1 && under.includes("parameter");
}

function describe(
  model: FunctionModel,
  { held, again }: Relock,
  writer: Writer | undefined,
  functions: Program,
): SelfDeadlock {
  const { file } = model;
  const last = again.steps.at(-1);
  const calls = again.steps.slice(0, -1);
  const here: Place = { file, ...again.at };
  const againAt = last?.at ?? { file, ...again.at };
  const step = (thread: number, at: Place, action: string, waits = false) => ({
    thread,
    at,
    action,
    waits,
  });
  const does = (one: LockStep) => step(0, one.at, one.action);
  const { text } = again.lock;
  const behind = writer
    ? [step(1, writer.at, `waits for ${text} until the read lock is released`, true)]
    : [];
  const wait = writer
    ? `waits for ${text} behind the writer, for ever`
    : `waits for ${text}, which it holds itself, for ever`;
  return {
    function: model,
    lock: again.lock,
    at: placeOf(again, functions) ?? here,
    calledAt: here,
    acquiredAt: { file, ...held.at },
    through: calls.map(({ action }) => action.replace(/^calls /, "")),
    againAt,
    kind: writer ? "read" : "certain",
    isUnconditional: again.under.length === 0,
    isByField: again.leadsBack === true,
    trace: {
      threads: writer ? [model.name, writer.name] : [model.name],
      steps: [
        ...held.steps.map((one, index) =>
          does(index === held.steps.length - 1 ? nowCalled(one, text) : one),
        ),
        ...behind,
        ...calls.slice(sharedCalls(held.steps, calls)).map(does),
        step(0, againAt, wait, true),
      ],
    },
  };
}

/** A lock that has another name where it is taken: `locks b.mu, which is x.mu`. */
function nowCalled(step: LockStep, name: string): LockStep {
  const there = /^locks (?:for reading )?(\S+)$/.exec(step.action)?.[1];
  if (there === undefined || there === name) return step;
  return { ...step, action: `${step.action}, which is ${name}` };
}

/** How many calls stand at the head of both: the callee that locked is the one that calls back. */
function sharedCalls(locking: readonly LockStep[], again: readonly LockStep[]): number {
  const isSame = (one: LockStep, other: LockStep | undefined): boolean =>
    one.at.file === other?.at.file &&
    one.at.start === other.at.start &&
    one.action === other.action;
  const apart = locking.slice(0, -1).findIndex((one, index) => !isSame(one, again[index]));
  return apart === -1 ? locking.length - 1 : apart;
}
