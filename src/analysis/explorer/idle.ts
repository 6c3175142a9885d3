import { invariant } from "../../core/invariant.ts";
import { demandOf } from "../../model/demand.ts";
import type { Operation, Value } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { flagKey, truthOf } from "./assignments.ts";
import { argumentsOf } from "./calls.ts";
import { madeContext } from "./contexts.ts";
import { detourAt } from "./detours.ts";
import { isFailure } from "./failures.ts";
import { movedTo } from "./frames.ts";
import { isOnce, makesResult } from "./made-objects.ts";
import { isConditionWait, ownedObject, subjectOf } from "./owned-objects.ts";
import type { Scope } from "./scope.ts";
import type { Frame, State } from "./state.ts";

/** Detours that are passed at once: in a loop of them one comes round again. */
const MOST_DETOURS = 50;

/** Past operations and branches that change nothing that the search keeps: most of a program. */
export function pastIdle(scope: Scope, state: State, thread: number): State {
  const frame = state.threads[thread]?.frames.at(-1);
  if (!frame || frame.leaving || frame.pending.length > 0) return state;
  const model = invariant(scope.model(frame.function), "a frame has a model");
  let { block, index } = frame;
  for (let left = MOST_DETOURS; left > 0; left--) {
    const { operations } = invariant(model.blocks[block], "a block id is an index");
    for (
      let next = operations[index];
      next && isIdle(scope, state, frame, next);
      next = operations[index]
    ) {
      index++;
    }
    if (index < operations.length) break;
    const detour = detourAt(model, block, (condition) =>
      scope.isRepeated(frame.function, condition),
    );
    if (!detour?.operations.every((operation) => isIdle(scope, state, frame, operation))) break;
    block = detour.join;
    index = 0;
  }
  const isSame = index === frame.index && block === frame.block;
  return isSame ? state : movedTo(state, thread, block, index);
}

function isIdle(scope: Scope, state: State, frame: Frame, operation: Operation): boolean {
  switch (operation.kind) {
    case "make":
    case "spawn":
    case "defer":
      return false;
    case "assign":
      return isForgettable(scope, state, frame, operation.target, operation.value);
    case "write":
      return isForgettable(scope, state, frame, operation.path, operation.value);
    case "escape":
      return scope.reference(state, frame, operation.value) === undefined;
    case "call": {
      const { callee, results } = operation;
      if (isFailure(scope, callee) || (scope.isTest && demandOf(operation))) return false;
      if (callee.kind === "static" && scope.program.header(callee.function)?.enclosing)
        return false;
      if (callee.kind === "dynamic" && callee.through === "value") return false;
      const unknown: Value = { kind: "unknown" };
      if (isOnce(callee)) return true;
      if (madeContext(callee) && !scope.isPlain) return false;
      return (
        argumentsOf(operation).every((value) => !scope.reference(state, frame, value)) &&
        !makesResult(scope, operation) &&
        results.every((path) => !path || isForgettable(scope, state, frame, path, unknown))
      );
    }
    default: {
      const subject = subjectOf(operation);
      if (!subject) return true;
      if (isConditionWait(operation)) return state.locks.size === 0;
      return (
        !(operation.kind === "receive" && operation.isRange) &&
        !ownedObject(scope, state, frame, subject)
      );
    }
  }
}

/** Whether an assignment neither names an object nor touches what was remembered. */
function isForgettable(
  scope: Scope,
  state: State,
  frame: Frame,
  target: AccessPath,
  value: Value,
): boolean {
  if (scope.reference(state, frame, value)) return false;
  const flag = flagKey(scope, state, frame, target);
  if (flag !== undefined && state.values.get(flag) !== truthOf(scope, state, frame, value))
    return false;
  const key = scope.placeKey(state, frame, target);
  if (key !== undefined && state.store.has(key)) return false;
  const written = pathKey(target);
  for (const { reads } of state.facts.values()) {
    if (
      written === undefined ||
      reads.some((read) => read === written || read.startsWith(`${written}.`))
    )
      return false;
  }
  return true;
}
