import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/report.ts";

export function scenario({ runReport }: typeof Twin): Scenario {
  return async (world) => {
    let isFree = true;
    let waiting: (() => void) | undefined;
    const pool: Twin.Pool = {
      async connect() {
        if (!isFree) await new Promise<void>((resolve) => (waiting = resolve));
        isFree = false;
        return {
          query: (text) =>
            text === "broken" ? world.fails(new Error("syntax error")) : world.step([]),
          release() {
            isFree = true;
            waiting?.();
          },
        };
      },
    };
    await Promise.allSettled([runReport(pool, "one", "broken")]);
    await runReport(pool, "two", "SELECT 1");
    return undefined;
  };
}
