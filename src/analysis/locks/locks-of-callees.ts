import type { Span } from "../../core/position.ts";
import type { FunctionHeader } from "../../model/function.ts";
import type { Callee, OperationOf } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey, rebase, stepText } from "../../model/path.ts";
import type { Acquisition, Deciding, LockStep } from "./acquisition.ts";
import { named } from "./field-names.ts";
import type { HandedOut, LeftHeld, LockSummary } from "./lock-summary.ts";
import { ownerOf, type StoredFunction } from "./stored-functions.ts";
import { atCall, isBelow } from "./substitute.ts";
import type { Waiting } from "./walk-outcome.ts";

/** What an operation waits at. */
export function waitedAt(operation: Waiting): AccessPath {
  return operation.kind === "wait" ? operation.on : operation.channel;
}

/** A wait of a callee as its caller names it. */
export function waitingAt(
  operation: Waiting,
  at: Span,
  named: (path: AccessPath) => AccessPath,
): Waiting {
  if (operation.kind !== "wait") return { ...operation, channel: named(operation.channel), at };
  const lock = operation.lock ? { lock: named(operation.lock) } : {};
  return { ...operation, on: named(operation.on), ...lock, at };
}

/** The function that a call runs, where there is no doubt. */
export function certainCallee(callee: Callee): FunctionId | undefined {
  if (callee.kind === "static" || callee.kind === "external") return callee.function;
  if (callee.kind !== "dynamic" || callee.through !== "value" || !callee.isComplete)
    return undefined;
  return callee.candidates.length === 1 ? callee.candidates[0] : undefined;
}

/** Who calls back hands in data, no orders; what the function that is called back hands on may be orders. */
export function calledBack({ under, isTold }: Acquisition): readonly Deciding[] {
  return isTold || under.length === 0 ? under : ["state"];
}

/** What a callee waits at as its caller names it; by its field alone where the caller has no name for it. */
export function nameAtCall(
  path: AccessPath,
  callee: FunctionHeader,
  call: OperationOf<"call">,
): AccessPath {
  return atCall(path, callee, call) ?? { ...path, root: { kind: "unknown" } };
}

/** Keys of a callee's locks as the caller names them; undefined for one that has no key. */
export function keysAtCall(
  locks: readonly AccessPath[],
  { header }: LockSummary,
  operation: OperationOf<"call"> | OperationOf<"spawn">,
): (string | undefined)[] {
  return locks.flatMap((lock) => {
    const path = atCall(lock, header, operation);
    return path ? [pathKey(path)] : [];
  });
}

/** A callee's lock as the caller names it; with an empty key where it has no name for it. */
export function namedAt(
  lock: AccessPath,
  { header }: LockSummary,
  operation: OperationOf<"call">,
): Pick<Acquisition, "lock" | "key"> {
  const path = atCall(lock, header, operation);
  if (!path) return { lock, key: "" };
  // Behind an interface the caller sees no field.
  const text = operation.callee.kind === "dynamic" ? lock.text : path.text;
  return { lock: { ...path, text }, key: pathKey(path) ?? "" };
}

/** What a call leaves held, as its caller names it. */
export function takenAt(
  { result, held }: HandedOut | LeftHeld,
  { header, answers }: LockSummary,
  operation: OperationOf<"call">,
  call: LockStep,
): Acquisition | undefined {
  const owner = result === undefined ? undefined : operation.results[result];
  const lock =
    result === undefined ? atCall(held.lock, header, operation) : owner && rebase(held.lock, owner);
  const key = lock && pathKey(lock);
  if (!lock || key === undefined) return undefined;
  const answered = answers ? { isAnswered: true } : {};
  const steps = [call, ...held.steps];
  return { ...held, ...answered, by: header.id, lock, key, at: operation.at, steps };
}

/**
 * Whether a method takes a lock of another type than its own over what its receiver holds: `a.hub.mu` in `(*audit).changed`. A hub that
 * has the audit comes so to itself. Not where the method hands on to one of its own name: `(*cached).Get` calls `c.store.Get`, and whoever
 * is wrapped so has another one, if any, to ask.
 */
export function leadsBack(
  { lock, steps: calls, leadsBack: isKnown }: Acquisition,
  callee: FunctionHeader,
): boolean {
  if (isKnown) return true;
  const own = methodOf(callee.name);
  if (calls.slice(0, -1).some(({ action }) => methodOf(action) === own)) return false;
  const { root, steps, slot } = lock;
  if (root.kind !== "variable" || root.variable.role !== "receiver") return false;
  if (root.variable.declaredIn !== callee.id || steps.length < 2) return false;
  if (steps.slice(0, -1).every((step) => step.kind === "field" && step.isPart)) return false;
  const type = /^\(?\*?(\w+)/.exec(callee.name)?.[1];
  return slot !== undefined && type !== undefined && typeNameOf(slot) !== type;
}

function methodOf(text: string): string {
  return text.slice(text.lastIndexOf(".") + 1);
}

/** A lock that a stored function takes, as whoever calls it through the field names it. */
export function nameThroughField(
  one: Acquisition,
  callee: FunctionHeader,
  { receiver, owner, names }: StoredFunction,
  field: AccessPath,
  call: OperationOf<"call">,
): Pick<Acquisition, "lock" | "key" | "leadsBack"> {
  const { root } = one.lock;
  const isReceiver =
    root.kind === "variable" &&
    root.variable.role === "receiver" &&
    root.variable.declaredIn === callee.id;
  const there = named(
    isReceiver && receiver?.kind === "path" ? rebase(one.lock, receiver.path) : one.lock,
    names,
  );
  const isGiven = root.kind === "variable" && root.variable.role === "parameter";
  const given = isGiven && one.key !== "" ? atCall(one.lock, callee, call) : undefined;
  if (given) return { lock: given, key: pathKey(given) ?? "" };
  const here = ownerOf(field);
  const lock = owner && here && one.key !== "" ? movedTo(there, owner, here) : undefined;
  if (lock) return { lock, key: pathKey(lock) ?? "" };
  const isElsewhere = typeNameOf(one.lock.slot ?? "") !== typeNameOf(field.slot ?? "");
  return { lock: one.lock, key: "", leadsBack: isElsewhere };
}

/** A path below one owner, below another one instead. */
function movedTo(path: AccessPath, from: AccessPath, to: AccessPath): AccessPath | undefined {
  const [key, above] = [pathKey(path), pathKey(from)];
  if (key === undefined || above === undefined || !isBelow(key, above)) return undefined;
  const steps = [...to.steps, ...path.steps.slice(from.steps.length)];
  const name = to.root.kind === "variable" ? to.root.variable.name : to.text;
  return { ...path, root: to.root, steps, text: name + steps.map(stepText).join("") };
}

/** `Hub` of `package.Hub.mu`. */
function typeNameOf(slot: string): string | undefined {
  return slot.split(".").at(-2);
}
