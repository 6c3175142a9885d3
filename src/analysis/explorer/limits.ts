/** What a budget counts; all of them are sizes, never time. */
export const LIMITS = {
  states: 1000,
  /** States that wait for their turn. A search that has more of them hardly ever comes to an end. */
  waiting: 120,
  /** Steps of all threads together. */
  steps: 3000,
  /** Steps of one thread between two operations that others can see. */
  stretch: 200,
  /** Threads of one scope, ended ones included. */
  threads: 6,
  /** Frames of one thread. */
  depth: 5,
  /** Frames around that of a closure, one made in the other. */
  enclosing: 64,
  /** Passes of a loop whose bound is shared with another loop. */
  passes: 2,
} as const;
