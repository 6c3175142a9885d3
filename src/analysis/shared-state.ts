import type { FunctionModel } from "../model/function.ts";
import type { AccessPath } from "../model/path.ts";

type Owner = Pick<FunctionModel, "id" | "helpers">;

/**
 * Whether two runs of a function at the same time have this state in common: a binding of the module or of an outer function,
 * or a field of `this`. What hangs on a parameter or a local is the caller's business, or nobody else's.
 */
export function isShared({ root, steps }: AccessPath, { id, helpers }: Owner): boolean {
  if (root.kind !== "variable") return false;
  const { role, declaredIn } = root.variable;
  if (steps.some(({ kind }) => kind !== "field")) return false;
  if (role === "receiver") return steps.length > 0;
  if (declaredIn === id || (declaredIn !== undefined && helpers?.has(declaredIn))) return false;
  return role === "global" || role === "local";
}

/** The same for what is kept by key: an element of a shared map, set, array or record, as far as the key is known. */
function isSharedElement({ steps, ...path }: AccessPath, model: Owner): boolean {
  const last = steps.at(-1);
  if (last?.kind !== "element" || last.key === undefined) return false;
  return isShared({ ...path, steps: steps.slice(0, -1) }, model);
}

/** A binding, field or element that two runs of the function have in common. */
export function isSharedState(path: AccessPath, model: Owner): boolean {
  return isShared(path, model) || isSharedElement(path, model);
}
