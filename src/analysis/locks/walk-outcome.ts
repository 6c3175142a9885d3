import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import type { AccessPath, FunctionId } from "../../model/path.ts";
import type { Acquisition, LockStep } from "./acquisition.ts";
import type { LockSummary, WaitBelow } from "./lock-summary.ts";

/** What one path through a function does with a lock that it holds already. */
export interface Relock {
  readonly held: Acquisition;
  readonly again: Acquisition;
  /** The last condition before it, if there was one. */
  readonly decidedAt: Span | undefined;
  /** The jump that leads to it, where no condition stands between. */
  readonly jumpedAt: Span | undefined;
}

/** The next pass of a loop locks what this one has locked and not unlocked. */
export function isNextPass({ held, again }: Relock): boolean {
  return held.at.start === again.at.start && held.steps.length === 1 && again.steps.length === 1;
}

/** A lock that is held where the function returns. */
export interface HeldAtReturn {
  readonly held: Acquisition;
  readonly returnAt: Span;
  /** The last condition before it, if there was one. */
  readonly decidedAt: Span | undefined;
  /** The jump that leads to it, where no condition stands between, and no way leads there without one. */
  readonly jumpedAt: Span | undefined;
}

export interface Mismatch {
  readonly held: Acquisition;
  readonly release: OperationOf<"release">;
}

/** A release of a lock that the same path took and let go before. */
export interface SecondRelease {
  readonly release: OperationOf<"release">;
  readonly first: Span;
}

/** A channel operation, or a wait for a group, that may not go on while locks are held. */
export interface WaitUnderLock {
  /** As this function names what it waits at; `at` is the call that leads to it. */
  readonly operation: Waiting;
  /** The other cases of the select that it stands in: it goes on once any of them can. */
  readonly others: readonly Waiting[];
  /** Where it stands: in this function, or in one that it calls. */
  readonly place: Place;
  readonly held: readonly Acquisition[];
  /** Calls on the way to it. */
  readonly steps: readonly LockStep[];
}

export type Waiting = WaitBelow["operation"];

/** A lock that is asked for while others are held. */
export interface LockOrder {
  readonly held: readonly Acquisition[];
  readonly then: Acquisition;
}

/** A call of a function of the unit, with what is held around it. */
export interface CallUnderLocks {
  readonly callee: FunctionId;
  readonly operation: OperationOf<"call">;
  readonly held: readonly Acquisition[];
}

/** A call of a function that is kept in a field, or in a slice or map that a field holds. */
export interface StoredCall {
  readonly operation: OperationOf<"call">;
  /** The field, or some element of it. */
  readonly path: AccessPath;
  readonly held: readonly Acquisition[];
}

/** Everything that the paths of one function do with locks. Incomplete: out of budget, or a part of it is not known. */
export interface LockWalk {
  readonly model: FunctionModel;
  readonly relocks: readonly Relock[];
  readonly heldAtReturn: readonly HeldAtReturn[];
  readonly mismatches: readonly Mismatch[];
  readonly secondReleases: readonly SecondRelease[];
  readonly waits: readonly WaitUnderLock[];
  /** Every acquisition on some path, its own and those of its callees. */
  readonly acquisitions: readonly Acquisition[];
  /** What is asked for under what, callees' locks that this function has no name for included. */
  readonly orders: readonly LockOrder[];
  readonly calls: readonly CallUnderLocks[];
  readonly storedCalls: readonly StoredCall[];
  /** Keys of locks that some path releases after this function acquired them. */
  readonly released: ReadonlySet<string>;
  /** Locks that some path releases without having acquired them. */
  readonly givenUp: readonly AccessPath[];
  /** Callees that left a lock held which some path releases. */
  readonly releasedFor: ReadonlySet<FunctionId>;
  readonly summary: LockSummary;
  readonly isComplete: boolean;
}
