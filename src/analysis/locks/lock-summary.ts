import type { Place } from "../../core/position.ts";
import type { FunctionHeader } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import type { AccessPath, FunctionId } from "../../model/path.ts";
import type { Acquisition, LockStep } from "./acquisition.ts";

/** What a call does to locks that its caller can name. Paths are the callee's own. */
export interface LockSummary {
  readonly header: FunctionHeader;
  /** Taken by the callee or its callees, whether released again or not. */
  readonly acquires: readonly Acquisition[];
  /** Taken too, but of objects that callers cannot name: known by their field alone. */
  readonly hidden: readonly Acquisition[];
  /** Parameters that are called, with what is held then. */
  readonly callbacks: readonly Callback[];
  /** Waits at channels and groups that callers can name, or that are known by their field. */
  readonly waits: readonly WaitBelow[];
  /** Held at every return. */
  readonly leavesHeld: readonly Acquisition[];
  /** Locks of what it returns, held at every return. */
  readonly handsOut: readonly HandedOut[];
  /** Held at the returns without an error, and at those alone. */
  readonly onSuccess: readonly (HandedOut | LeftHeld)[];
  /** Whether it returns a plain true or false. */
  readonly answers: boolean;
  /** Released at every return, though the callee had not taken them. */
  readonly givesUp: readonly AccessPath[];
  /** Held, or released, at some returns only: afterwards nothing is known of them. */
  readonly uncertain: readonly AccessPath[];
  readonly isComplete: boolean;
}

/** The summary of a function that is called; undefined where it is not known. `isUnderLock`: the caller holds a lock. */
export type SummaryOf = (callee: FunctionId, isUnderLock: boolean) => LockSummary | undefined;

/** `return shard`, which the function has locked. */
export interface HandedOut {
  /** The position of what is returned among the results: the path of the lock begins at it. */
  readonly result: number;
  readonly held: Acquisition;
}

/** A lock that callers can name. */
export interface LeftHeld {
  readonly result: undefined;
  readonly held: Acquisition;
}

/** A function that is handed in and called. */
export interface Callback {
  /** Its position among the parameters. */
  readonly parameter: number;
  readonly held: readonly Acquisition[];
  readonly steps: readonly LockStep[];
}

export interface WaitBelow {
  readonly operation: OperationOf<"send"> | OperationOf<"receive"> | OperationOf<"wait">;
  /** The other cases of the select that it stands in. */
  readonly others: readonly WaitBelow["operation"][];
  /** Where it stands, in whichever function. */
  readonly place: Place;
  /** Locks of its callers that it has released before. */
  readonly without: readonly AccessPath[];
  readonly steps: readonly LockStep[];
}
