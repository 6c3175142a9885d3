import type { AccessPath } from "../../model/path.ts";

/** A lock among all of a unit: `package.Type.field`, a package variable, or a local by its declaration. */
export type LockName = string;

/** Undefined for what has no name of its own, such as an element of an unnamed slice. */
export function lockName({ slot, root, steps }: AccessPath): LockName | undefined {
  if (slot !== undefined) return slot;
  return root.kind === "variable" && steps.length === 0 && root.variable.role === "local"
    ? root.variable.id
    : undefined;
}
