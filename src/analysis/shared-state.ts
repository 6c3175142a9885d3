import type { FunctionHeader } from "../model/function.ts";
import type { AccessPath } from "../model/path.ts";

/**
 * Whether two runs of a function at the same time have this state in common: a binding of the module or of an outer function,
 * or a field of `this`. What hangs on a parameter or a local is the caller's business, or nobody else's.
 */
export function isShared({ root, steps }: AccessPath, { id }: FunctionHeader): boolean {
  if (root.kind !== "variable") return false;
  const { role, declaredIn } = root.variable;
  if (steps.some(({ kind }) => kind !== "field")) return false;
  if (role === "receiver") return steps.length > 0;
  if (declaredIn === id) return false;
  return role === "global" || role === "local";
}
