import type { FunctionHeader } from "../../model/function.ts";
import type { OperationOf, Value } from "../../model/operation.ts";
import { type AccessPath, rebase } from "../../model/path.ts";

/**
 * Whether a path begins at something that callers can name: the receiver, a parameter, a captured variable or a global. A
 * parameter that the function gives another value is not what the caller gave.
 */
export function isVisibleToCallers({ root }: AccessPath, { id }: FunctionHeader): boolean {
  if (root.kind !== "variable") return false;
  const { role, declaredIn, isReassigned } = root.variable;
  return declaredIn !== id || (!isReassigned && (role === "receiver" || role === "parameter"));
}

/** A callee's path as its caller names it; undefined where the caller has no name for it. */
export function atCall(
  path: AccessPath,
  callee: FunctionHeader,
  call: OperationOf<"call"> | OperationOf<"spawn">,
): AccessPath | undefined {
  if (path.root.kind !== "variable") return undefined;
  const { variable } = path.root;
  if (variable.declaredIn !== callee.id) return path;
  const given = argumentFor(variable.role, variable.index, call);
  return given?.kind === "path" ? rebase(path, given.path) : undefined;
}

function argumentFor(
  role: string,
  index: number,
  { callee, arguments: given }: OperationOf<"call"> | OperationOf<"spawn">,
): Value | undefined {
  if (role === "parameter") return given[index];
  if (role !== "receiver") return undefined;
  if (callee.kind === "static" || callee.kind === "external") return callee.receiver;
  return callee.kind === "dynamic" && callee.through === "interface" ? callee.receiver : undefined;
}

/** Whether a path key is another one or leads on from it: `h.mu` is below `h`. */
export function isBelow(key: string, above: string): boolean {
  if (!key.startsWith(above)) return false;
  const next = key[above.length];
  return next === undefined || next === "." || next === "[";
}
