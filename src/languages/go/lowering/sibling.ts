import type { Step } from "../../../model/path.ts";

/** Where something stands, seen from the struct that holds something else: the lock of a condition field. */
export interface Sibling {
  readonly steps: readonly Step[];
  readonly slot: string | undefined;
}
