import { type AccessPath, pathKey } from "../../model/path.ts";

/** Whether a lock goes with a field: one of the object itself, of an object that it is part of, or of the package. */
export function isOwnLock(lock: AccessPath, path: AccessPath): boolean {
  if (lock.root.kind !== "variable") return false;
  if (lock.root.variable.role === "global" && path.root.kind === "variable")
    return path.root.variable.role === "global" || lock.steps.length === 0;
  const owner = ownerKey(lock);
  const key = pathKey(path);
  return owner !== undefined && key !== undefined && key.startsWith(`${owner}.`);
}

/** The key of the object that a lock is a field of; for an embedded lock the object that embeds it. */
export function ownerKey({ root, steps, text, slot }: AccessPath): string | undefined {
  if (steps.at(-1)?.kind !== "field") return undefined;
  return pathKey({ root, steps: steps.slice(0, -1), text, slot });
}
