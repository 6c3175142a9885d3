import type { Value } from "../../../model/operation.ts";
import type { AccessPath } from "../../../model/path.ts";
import { NONE, type NodeId } from "../../../syntax/tree.ts";
import { argumentsOf, firstNamed, unwrapped } from "../nodes.ts";
import { patternNames } from "../pattern.ts";
import type { Lowering } from "./lowering.ts";
import { runsInTurn } from "./own-queues.ts";
import { pathOf } from "./paths.ts";
import {
  ACQUIRE_METHODS,
  EXCLUSIVE_METHODS,
  GUARDED_METHODS,
  LOCK_NAME,
  RELEASE_METHODS,
} from "./task-calls.ts";

/** The lock that a callback runs under: `mutex.runExclusive(fn)`, `limit(fn)`, `navigator.locks.request("a", fn)`. */
export function guardOf(lowering: Lowering, call: NodeId): AccessPath | undefined {
  const { tree } = lowering;
  const callee = unwrapped(tree, tree.childIn(call, "function"));
  if (callee === NONE) return undefined;
  const text = lowering.shortText(callee);
  if (tree.kindOf(callee) === "identifier")
    return LOCK_NAME.test(text) || runsInTurn(lowering, call)
      ? lockPath(lowering, callee)
      : undefined;
  if (tree.kindOf(callee) !== "member_expression") return undefined;
  const method = memberText(lowering, callee);
  const object = tree.childIn(callee, "object");
  if (object === NONE) return undefined;
  const isExclusive = EXCLUSIVE_METHODS.has(method) || text.endsWith("navigator.locks.request");
  const isNamedLock = GUARDED_METHODS.has(method) && LOCK_NAME.test(lowering.shortText(object));
  if (isExclusive || isNamedLock) return lockPath(lowering, object);
  // `this.enqueue(() => …)`, `this.withLock(() => …)`: the method's own name says it.
  return LOCK_NAME.test(method) || /^enqueue|^serial/i.test(method) || runsInTurn(lowering, call)
    ? lockPath(lowering, object)
    : undefined;
}

/** What `mutex.acquire()` waits for, or `mutex.release()` lets go. */
export function lockCall(
  lowering: Lowering,
  call: NodeId,
): { readonly kind: "acquire" | "release"; readonly lock: AccessPath } | undefined {
  const { tree } = lowering;
  const callee = unwrapped(tree, tree.childIn(call, "function"));
  if (callee === NONE) return undefined;
  if (tree.kindOf(callee) === "identifier") return releaseOf(lowering, callee);
  if (tree.kindOf(callee) !== "member_expression") return undefined;
  const method = memberText(lowering, callee);
  const object = tree.childIn(callee, "object");
  if (object === NONE || !LOCK_NAME.test(lowering.shortText(object))) return undefined;
  if (ACQUIRE_METHODS.has(method)) return { kind: "acquire", lock: lockPath(lowering, object) };
  if (RELEASE_METHODS.has(method)) return { kind: "release", lock: lockPath(lowering, object) };
  return undefined;
}

/** Remembers the function that a lock hands out: `const release = await mutex.acquire()`. */
export function noteRelease(lowering: Lowering, target: NodeId, value: NodeId): void {
  const { tree } = lowering;
  let call = unwrapped(tree, value);
  if (call !== NONE && tree.kindOf(call) === "await_expression")
    call = unwrapped(tree, firstNamed(tree, call));
  if (call === NONE || tree.kindOf(call) !== "call_expression") return;
  const found = lockCall(lowering, call);
  if (found?.kind !== "acquire") return;
  for (const name of patternNames(tree, target)) {
    const declared = lowering.unit.variableAt(lowering.module, name);
    if (declared) lowering.releases.set(lowering.unit.variable(declared).id, found.lock);
  }
}

/** The functions among the arguments of a call. */
export function functionsAmong(values: readonly Value[]): Extract<Value, { kind: "function" }>[] {
  return values.filter((value) => value.kind === "function");
}

function releaseOf(
  lowering: Lowering,
  name: NodeId,
): { readonly kind: "release"; readonly lock: AccessPath } | undefined {
  if (lowering.releases.size === 0 || argumentsOf(lowering.tree, name).length > 0) return undefined;
  const declared = lowering.unit.variableAt(lowering.module, name);
  const lock = declared && lowering.releases.get(lowering.unit.variable(declared).id);
  return lock && { kind: "release", lock };
}

function lockPath(lowering: Lowering, node: NodeId): AccessPath {
  return pathOf(lowering, node)?.path ?? lowering.site(node);
}

function memberText({ tree }: Lowering, member: NodeId): string {
  const property = tree.childIn(member, "property");
  return property === NONE ? "" : tree.textOf(property);
}
