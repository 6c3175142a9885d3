import { invariant } from "../../core/invariant.ts";
import { copyState, type Event, type Frame, type State } from "./state.ts";

/** Where one way through a stretch of a thread has led. */
export interface Outcome {
  readonly state: State;
  readonly events: readonly Event[];
  /** What was assumed about data on the way, in order. */
  readonly assumptions: readonly Assumption[];
}

/** A branch that depends on data which the scope does not show: where it stands, and which way it was taken. */
export interface Assumption {
  readonly branch: string;
  readonly side: number;
  /** To be expected: that there is something to loop over. */
  readonly isUsual?: boolean;
}

export function lose(
  outcome: Outcome,
  thread: number,
  status: "lost" | "crashed" = "lost",
): Outcome {
  const { state } = outcome;
  const lost = copyState(state);
  lost.threads[thread] = {
    ...invariant(state.threads[thread], "the thread exists"),
    status,
  };
  return { ...outcome, state: lost };
}

/** The outcome on condition that the frame's branch goes to one side. */
export function assuming(
  outcome: Outcome,
  { key, block }: Frame,
  side: number,
  isUsual = false,
): Outcome {
  const branch = `${key}:${block}`;
  const isKnown = outcome.assumptions.some((one) => one.branch === branch && one.side === side);
  if (isKnown) return outcome;
  return { ...outcome, assumptions: [...outcome.assumptions, { branch, side, isUsual }] };
}
