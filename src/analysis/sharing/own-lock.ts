import { type AccessPath, pathKey } from "../../model/path.ts";
import type { Acquisition } from "../locks/acquisition.ts";

/** Whether a lock goes with a field: one of the object itself, of an object that it is part of, or of the package. */
export function isOwnLock(lock: AccessPath, path: AccessPath): boolean {
  if (lock.root.kind !== "variable") return false;
  if (lock.root.variable.role === "global" && path.root.kind === "variable")
    return path.root.variable.role === "global" || lock.steps.length === 0;
  const owner = ownerKey(lock);
  const key = pathKey(path);
  return owner !== undefined && key !== undefined && key.startsWith(`${owner}.`);
}

/** The lock among those held that goes with a field: that of the smallest object around it. */
export function ownLock(held: readonly Acquisition[], path: AccessPath): Acquisition | undefined {
  return held
    .filter(({ lock }) => isOwnLock(lock, path))
    .sort((left, right) => right.lock.steps.length - left.lock.steps.length)[0];
}

/** The key of the object that a lock is a field of; for an embedded lock the object that embeds it. */
export function ownerKey({ root, steps, text, slot }: AccessPath): string | undefined {
  if (steps.at(-1)?.kind !== "field") return undefined;
  return pathKey({ root, steps: steps.slice(0, -1), text, slot });
}
