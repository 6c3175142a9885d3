import { defineAnalysis } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { LockMode } from "../../model/operation.ts";
import type { AccessPath } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { heldLocks } from "./held-locks.ts";

/** A release of a lock that the same path has let go before. */
export interface RepeatedUnlock {
  readonly at: Place;
  readonly lock: AccessPath;
  readonly mode: LockMode;
  /** The release that was enough. */
  readonly first: Place;
}

/** Releases that come after another one on some path of one function, with no acquisition between; mostly the deferred one. */
export const repeatedUnlocks = defineAnalysis("repeated unlocks", (use): RepeatedUnlock[] => {
  const functions = use(program);
  return use(heldLocks).walks.flatMap(({ model: { file }, isComplete, secondReleases }) => {
    if (!isComplete || !functions.isJudged(file)) return [];
    return secondReleases.map(({ release: { at, lock, mode }, first }) => ({
      at: { file, ...at },
      lock,
      mode,
      first: { file, ...first },
    }));
  });
});
