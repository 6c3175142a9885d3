import type { Operation, Value } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { subjectOf } from "./owned-objects.ts";
import type { Scope } from "./scope.ts";
import { ANYTHING, EITHER, type Frame, type Reference, type State } from "./state.ts";

/** A name for a value; what is stored elsewhere than in a variable of the scope escapes. */
export function assign(
  scope: Scope,
  state: State,
  frame: Frame,
  target: AccessPath,
  value: Reference | undefined,
  constant?: Value,
  isUp = false,
): void {
  forget(state, target, isUp);
  noteTruth(scope, state, frame, target, constant);
  const key = scope.placeKey(state, frame, target);
  if (isDeferred(state, target)) {
    scope.escape(state, scope.referenceOfPath(state, frame, target));
    scope.escape(state, value);
  }
  if (key === undefined) scope.escape(state, value);
  else if (value === undefined) state.store.delete(key);
  else state.store.set(key, value);
}

/** The truth that a flag has from now on. */
export function truthOf(
  scope: Scope,
  state: State,
  frame: Frame,
  value: Value | undefined,
): string {
  const text = value && scope.constant(state, frame, value);
  return text === "true" || text === "false" ? text : EITHER;
}

/** Where the truth of a flag is kept; undefined for what is no flag, or anybody's. */
export function flagKey(
  scope: Scope,
  state: State,
  frame: Frame,
  { root, steps }: AccessPath,
): string | undefined {
  if (root.kind !== "variable" || steps.length > 0 || !scope.isFlag(root.variable))
    return undefined;
  const key = scope.storeKey(frame, root.variable);
  return key !== undefined && state.values.get(key) === ANYTHING ? undefined : key;
}

function noteTruth(
  scope: Scope,
  state: State,
  frame: Frame,
  target: AccessPath,
  value: Value | undefined,
): void {
  const key = flagKey(scope, state, frame, target);
  if (key !== undefined) state.values.set(key, truthOf(scope, state, frame, value));
}

/** What is deferred was evaluated before: of a name that gets another value since then nothing is concluded. */
function isDeferred({ threads }: State, { root, steps }: AccessPath): boolean {
  if (root.kind !== "variable" || steps.length > 0) return false;
  const isAbout = (operation: Operation): boolean => {
    const subject = subjectOf(operation)?.root;
    return subject?.kind === "variable" && subject.variable.id === root.variable.id;
  };
  return threads.some(({ frames }) =>
    frames.some(({ deferred }) => deferred.some((operations) => operations.some(isAbout))),
  );
}

/** What was written is no longer what a condition saw; what has been counted up is not zero. */
function forget(state: State, target: AccessPath, isUp: boolean): void {
  const written = pathKey(target);
  for (const [key, { reads }] of state.facts) {
    if (
      written !== undefined &&
      !reads.some((read) => read === written || read.startsWith(`${written}.`))
    )
      continue;
    if (isUp && key.endsWith(`|${written}==0`)) state.facts.set(key, { value: false, reads });
    else state.facts.delete(key);
  }
}
