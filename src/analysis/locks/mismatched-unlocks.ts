import { defineAnalysis } from "../../core/analysis.ts";
import type { Edit } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { LockMode } from "../../model/operation.ts";
import type { AccessPath } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { heldLocks } from "./held-locks.ts";

/** A lock that is released in another mode than it was taken in. */
export interface MismatchedUnlock {
  readonly at: Place;
  readonly lock: AccessPath;
  readonly lockedFor: LockMode;
  readonly acquiredAt: Place;
  /** The method that fits. */
  readonly fix: Edit;
}

/** Releases that find the lock held in the other mode only, on some path of one function. */
export const mismatchedUnlocks = defineAnalysis("mismatched unlocks", (use): MismatchedUnlock[] => {
  const functions = use(program);
  return use(heldLocks).walks.flatMap(({ model: { file }, isComplete, mismatches }) => {
    if (!isComplete || !functions.isJudged(file)) return [];
    return mismatches.map(({ held, release }) => ({
      at: { file, ...release.at },
      lock: release.lock,
      lockedFor: held.mode,
      acquiredAt: { file, ...held.at },
      fix: renamed(file, release.at.end, held.mode),
    }));
  });
});

/** `Unlock()` and `RUnlock()` end a call that has no arguments. */
function renamed(file: string, end: number, mode: LockMode): Edit {
  const wrong = mode === "read" ? "Unlock()" : "RUnlock()";
  const right = mode === "read" ? "RUnlock()" : "Unlock()";
  return { file, start: end - wrong.length, end, text: right };
}
