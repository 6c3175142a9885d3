import { defineInput } from "./analysis.ts";

/** What analyses count while they work, for the line that says what was understood. One object for each unit. */
export interface Tally {
  /** Searches that ended because they ran out of states or steps, and were therefore silent. */
  outOfBudget: number;
}

/** Handed in by the engine: `use(tally).outOfBudget++`. */
export const tally = defineInput<Tally>("tally");
