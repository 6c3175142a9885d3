import { invariant } from "../../core/invariant.ts";
import type { Terminator } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import type { AccessPath } from "../../model/path.ts";
import type { Scope } from "./scope.ts";
import type { Frame, Reference, State } from "./state.ts";

/** The object that can make a thread wait or that others see change; undefined for what the scope does not own. */
export function ownedObject(
  scope: Scope,
  state: State,
  frame: Frame,
  path: AccessPath,
): Reference | undefined {
  const owned = referenceOfOwned(scope, state, frame, path);
  if (!owned) scope.overlook();
  return owned;
}

function referenceOfOwned(
  scope: Scope,
  state: State,
  frame: Frame,
  path: AccessPath,
): Reference | undefined {
  const reference = scope.referenceOfPath(state, frame, path);
  if (reference === undefined || reference.kind === "closure" || reference.kind === "struct")
    return undefined;
  // Who cancels a context does so whoever else may.
  if (reference.kind === "context" || reference.kind === "cancel")
    return { kind: "channel", id: reference.id };
  if (reference.kind === "nil") return reference;
  const { id, kind } = reference;
  // What is closed stays closed, whoever has it.
  if (kind === "channel" && state.channels.get(id)?.isClosed) return reference;
  const map = kind === "channel" ? state.channels : kind === "group" ? state.groups : state.locks;
  return map.get(id)?.isEscaped === false ? reference : undefined;
}

/** Whether a channel is the Done of a context that nobody can cancel. */
export function isDoneOfRoot(scope: Scope, state: State, frame: Frame, path: AccessPath): boolean {
  const last = path.steps.at(-1);
  if (last?.kind !== "call" || last.method !== "Done") return false;
  const context = scope.referenceOfPath(state, frame, { ...path, steps: path.steps.slice(0, -1) });
  return context?.kind === "context" && !state.channels.has(context.id);
}

/** The path whose object a visible operation works on. */
export function subjectOf(operation: Operation): AccessPath | undefined {
  switch (operation.kind) {
    case "send":
    case "receive":
    case "close":
      return operation.channel;
    case "cancel":
      return operation.by ?? operation.context;
    case "acquire":
    case "release":
      return operation.lock;
    case "add":
      return operation.group;
    case "wait":
      return operation.on;
    default:
      return undefined;
  }
}

/** The `sync.Once` whose first call a branch is about; undefined for what the scope does not own. */
export function onceAt(
  scope: Scope,
  state: State,
  frame: Frame,
  { condition }: Extract<Terminator, { kind: "branch" }>,
): string | undefined {
  if (!condition?.isFirst) return undefined;
  const once = ownedObject(scope, state, frame, condition.isFirst);
  return once?.kind === "lock" ? once.id : undefined;
}

/** What `v, ok := <-c` says: a value came, or the channel is closed. Changes `state`. */
export function tellOk(
  scope: Scope,
  state: State,
  frame: Frame,
  { ok }: OperationOf<"receive">,
  received: boolean | undefined,
): void {
  if (ok?.root.kind !== "variable" || ok.steps.length > 0) return;
  const { variable } = ok.root;
  const key = variable.isReassigned ? undefined : scope.storeKey(frame, variable);
  if (key === undefined) return;
  if (received === undefined) state.values.delete(key);
  else state.values.set(key, String(received));
}

/** It releases a lock and waits for a signal, neither of which is followed. */
export function isConditionWait(operation: Operation): boolean {
  return operation.kind === "wait" && operation.object === "condition";
}

export function addToGroup(
  scope: Scope,
  state: State,
  frame: Frame,
  path: AccessPath,
  delta: number,
): void {
  const group = scope.referenceOfPath(state, frame, path);
  if (group?.kind === "group") countGroup(state, group.id, delta);
}

/** Changes a WaitGroup's counter, in place. */
export function countGroup(state: State, id: string, delta: number): void {
  const { count, isEscaped } = invariant(
    state.groups.get(id),
    "a reference is made with its object",
  );
  state.groups.set(id, { count: count + delta, isEscaped });
}
