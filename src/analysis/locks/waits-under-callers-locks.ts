import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf, Value } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import {
  type AccessPath,
  type FunctionId,
  pathKey,
  stepText,
  type Variable,
} from "../../model/path.ts";
import type { Acquisition } from "./acquisition.ts";
import { waitedAt } from "./locks-of-callees.ts";
import type { CallUnderLocks, LockWalk, Waiting, WaitUnderLock } from "./walk-outcome.ts";

/** A call of a function, with what its caller holds. */
export interface LockedCall {
  readonly caller: FunctionModel;
  readonly call: CallUnderLocks;
}

/** The calls under locks, by what is called. */
export function lockedCalls(walks: readonly LockWalk[]): ReadonlyMap<FunctionId, LockedCall[]> {
  const found = new Map<FunctionId, LockedCall[]>();
  for (const { model, calls } of walks)
    for (const call of calls) {
      if (call.held.length === 0 || call.operation.callee.kind !== "static") continue;
      const known = found.get(call.callee);
      if (known) known.push({ caller: model, call });
      else found.set(call.callee, [{ caller: model, call }]);
    }
  return found;
}

/** Waits of a function at what it has made itself, which no caller can name, under the locks of a caller as the function names them. */
export function waitsUnderCallersLocks(
  { model, givenUp }: LockWalk,
  calls: readonly LockedCall[],
): WaitUnderLock[] {
  const released = new Set(givenUp.map(pathKey));
  const waits = operationsOf(model).filter((one) => isWaitAtOwn(one, model));
  if (waits.length === 0) return [];
  return calls.flatMap(({ caller, call }) => {
    const held = call.held.flatMap((one) => seenByCallee(one, caller, call, model) ?? []);
    const kept = held.filter(({ key }) => !released.has(key));
    if (kept.length === 0) return [];
    return waits.map((operation) => ({
      operation,
      others: [],
      place: { file: model.file, ...operation.at },
      held: kept,
      steps: [],
    }));
  });
}

function isWaitAtOwn(operation: Operation, { id }: FunctionModel): operation is Waiting {
  if (operation.kind !== "wait" && operation.kind !== "receive" && operation.kind !== "send")
    return false;
  const { root } = waitedAt(operation);
  return root.kind === "variable" && root.variable.declaredIn === id;
}

function seenByCallee(
  one: Acquisition,
  caller: FunctionModel,
  { operation }: CallUnderLocks,
  callee: FunctionModel,
): Acquisition | undefined {
  const lock = nameInCallee(one.lock, caller, operation, callee);
  const key = lock && pathKey(lock);
  if (!lock || key === undefined) return undefined;
  const at = { file: caller.file, ...operation.at };
  const steps = [...one.steps, { at, action: `calls ${callee.name}` }];
  return { ...one, lock, key, steps, at: callee.at };
}

/** A path of the caller as the callee names it; undefined where it has no name for it. */
function nameInCallee(
  path: AccessPath,
  caller: FunctionModel,
  { callee: called, arguments: given }: OperationOf<"call">,
  callee: FunctionModel,
): AccessPath | undefined {
  if (path.root.kind !== "variable") return undefined;
  if (path.root.variable.declaredIn !== caller.id) return path;
  const receiver = called.kind === "static" ? called.receiver : undefined;
  const pairs: [Variable | undefined, Value | undefined][] = [
    [callee.receiver, receiver],
    ...callee.parameters.map((parameter, index): [Variable, Value | undefined] => [
      parameter,
      given[index],
    ]),
  ];
  for (const [variable, value] of pairs) {
    if (!variable || variable.isReassigned || value?.kind !== "path") continue;
    const above = pathKey(value.path);
    const steps = path.steps.slice(value.path.steps.length);
    const owner = { ...path, steps: path.steps.slice(0, value.path.steps.length) };
    if (above === undefined || pathKey(owner) !== above) continue;
    const text = variable.name + steps.map(stepText).join("");
    return { root: { kind: "variable", variable }, steps, text, slot: path.slot };
  }
  return undefined;
}
