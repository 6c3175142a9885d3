import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/drag.ts";

export function scenario({ drag }: typeof Twin): Scenario {
  return async () => {
    const listeners = new Map<string, Set<unknown>>();
    const of = (event: string) => listeners.get(event) ?? new Set();
    const stop = drag(
      {
        addEventListener: (event, listener) => listeners.set(event, of(event).add(listener)),
        removeEventListener: (event, listener) => of(event).delete(listener),
      },
      () => undefined,
    );
    stop();
    return of("pointermove").size === 0 ? undefined : "it still follows the pointer";
  };
}
