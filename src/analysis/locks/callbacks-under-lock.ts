import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { operationsOf } from "../../model/operations-of.ts";
import type { AccessPath } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import type { Acquisition } from "./acquisition.ts";
import { heldLocks } from "./held-locks.ts";
import type { LockWalk, StoredCall } from "./walk-outcome.ts";

/**
 * A listener that somebody else has registered is called under the lock of the object that keeps it, which a method that the
 * listener may call needs too:
 *
 *     h.mu.Lock()
 *     for _, listener := range h.listeners { listener(event) }      // listener calls h.Len(), and waits for ever
 */
export interface CallbackUnderLock {
  readonly at: Place;
  /** The field that keeps it, or some element of it. */
  readonly path: AccessPath;
  readonly lock: AccessPath;
  readonly acquiredAt: Place;
  /** Where it comes from. */
  readonly registeredBy: string;
  readonly registeredAt: Place;
  /** A method for everybody that takes the lock. */
  readonly needs: string;
  readonly needsAt: Place;
}

export const callbacksUnderLock = defineAnalysis(
  "callbacks under lock",
  (use): CallbackUnderLock[] => {
    const functions = use(program);
    const { walks } = use(heldLocks);
    return walks.flatMap((walk) => {
      const { model, storedCalls, isComplete } = walk;
      if (!isComplete || model.isTest || !functions.isJudged(model.file)) return [];
      return storedCalls.flatMap((call) => faultOf(walk, call, walks, functions) ?? []);
    });
  },
);

/** Fields that hold what others want to be told by: `onChange`, `listeners`, `afterCommitHooks`. */
const LISTENER =
  /^on(?:\p{Lu}|$)|^On\p{Lu}|callback|listener|subscriber|observer|watcher|(?:^|[a-z])(?:Hook|Notif(?:y|ier))|^hooks?$/iu;
/** What is asked for, not told: it answers under the lock by design. */
const ASKED = /^(?:new|make|create|get|is|has|can|should|now|clock|less|filter|match|hash)/i;

function faultOf(
  { model }: LockWalk,
  { operation, path, held }: StoredCall,
  walks: readonly LockWalk[],
  functions: Program,
): CallbackUnderLock | undefined {
  const [type, field] = ownerAndField(path.slot);
  if (type === undefined || field === undefined) return undefined;
  if (!LISTENER.test(field) || ASKED.test(field)) return undefined;
  const lock = held.find((one) => isOfSameObject(one, path, type));
  if (!lock) return undefined;
  const registered = registration(path.slot ?? "", field, functions);
  const needs = registered && otherLocker(lock, model, registered, walks);
  if (!registered || !needs) return undefined;
  return {
    at: placeIn(model, operation.at),
    path,
    lock: lock.lock,
    acquiredAt: placeIn(model, lock.at),
    registeredBy: registered.name,
    registeredAt: { file: registered.file, ...registered.nameAt },
    needs: needs.name,
    needsAt: { file: needs.file, ...needs.nameAt },
  };
}

function ownerAndField(
  slot: string | undefined,
): readonly [string | undefined, string | undefined] {
  const [, type, field] = /^(.*)\.(\w+)(?:\[\*\])*$/.exec(slot ?? "") ?? [];
  return [type, field];
}

/** The lock is a field of the very object that keeps the function, and locks by itself. */
function isOfSameObject({ lock, object }: Acquisition, path: AccessPath, type: string): boolean {
  if (object !== "mutex" && object !== "rwmutex") return false;
  const [owner] = ownerAndField(lock.slot);
  if (owner !== type) return false;
  const [mine, theirs] = [lock.root, path.root];
  return (
    mine.kind === "variable" && theirs.kind === "variable" && mine.variable === theirs.variable
  );
}

/** A function for everybody that puts in what it is given, and does not say what listeners may not do. */
function registration(slot: string, field: string, functions: Program): FunctionModel | undefined {
  const mentioning = functions.functionsWith(new RegExp(`\\b${field}\\b`));
  const storing = mentioning
    .flatMap(({ id, isTest }) => (isTest ? [] : (functions.model(id) ?? [])))
    .filter((model) => puts(model, slot));
  const found = storing.find(({ isExported, role }) => isExported && role === "method");
  return storing.some(({ comment }) => WARNS.test(comment)) ? undefined : found;
}

/** `the callback must not call back into the cache`, `is called with the lock held`. */
const WARNS = /\block|mutex|\bheld\b|must not|should not|may not|\bblock|dead ?lock|re-?entr/i;

function puts(model: FunctionModel, slot: string): boolean {
  return operationsOf(model).some((one) => {
    const [target, value] =
      one.kind === "assign"
        ? [one.target, one.value]
        : one.kind === "write"
          ? [one.path, one.value]
          : one.kind === "escape"
            ? [one.into, one.value]
            : [];
    if (target?.slot !== slot || value?.kind !== "path" || value.path.steps.length > 0)
      return false;
    const { root } = value.path;
    return (
      root.kind === "variable" &&
      root.variable.role === "parameter" &&
      root.variable.declaredIn === model.id
    );
  });
}

/** Another method for everybody that takes the lock, and is there for more than to register. */
function otherLocker(
  { lock: { slot } }: Acquisition,
  caller: FunctionModel,
  registered: FunctionModel,
  walks: readonly LockWalk[],
): FunctionModel | undefined {
  return walks.find(
    ({ model, acquisitions }) =>
      model.isExported &&
      model.role === "method" &&
      model.id !== caller.id &&
      model.id !== registered.id &&
      !model.isTest &&
      acquisitions.some(({ lock, steps }) => lock.slot === slot && steps.length === 1),
  )?.model;
}
