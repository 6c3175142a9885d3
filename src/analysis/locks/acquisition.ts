import type { Place, Span } from "../../core/position.ts";
import type { LockMode, ObjectKind } from "../../model/operation.ts";
import type { AccessPath, FunctionId } from "../../model/path.ts";

/** One step on the way to an acquisition: a call, or the acquisition itself. */
export interface LockStep {
  readonly at: Place;
  /** As a trace tells it: `locks c.mu`, `calls (*Cache).lookup`. */
  readonly action: string;
}

/** An acquisition, by this function or by one that it calls. */
export interface Acquisition {
  readonly lock: AccessPath;
  /** Empty where nothing but the lock's field is known. */
  readonly key: string;
  readonly mode: LockMode;
  readonly object: ObjectKind;
  /** Where, in the function that is walked: the acquisition, or the call that leads to it. */
  readonly at: Span;
  /** The way to it, the acquisition last; one step where the function does it itself. */
  readonly steps: readonly LockStep[];
  /** What conditions inside a callee decide whether it comes to it; empty where every path through the callee does. */
  readonly under: readonly Deciding[];
  /** Locks of the callers that have been released before. */
  readonly without?: readonly AccessPath[];
  /** Whether an argument of a callee's decides, not one of the function itself. */
  readonly isTold?: boolean;
  /** The callee that left it held. */
  readonly by?: FunctionId;
  /** Taken by a callee that answers true or false: whether it has taken it, perhaps. */
  readonly isAnswered?: boolean;
  /** Reached through an interface, or a function that is handed over or kept in a field. */
  readonly isIndirect?: boolean;
  /** Known by its field, and reached over an object of another type that leads back to the lock's owner, as a rule to the same one. */
  readonly leadsBack?: boolean;
}

/** What a condition looks at: what the caller gave, or something else. */
export type Deciding = "parameter" | "state";
