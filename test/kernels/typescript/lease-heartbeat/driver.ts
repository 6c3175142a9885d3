import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/leases.ts";

export function scenario({ Leases }: typeof Twin): Scenario {
  return async (world) => {
    let running = 0;
    let free = true;
    const leases = new Leases(
      {
        async take() {
          const isTaken = free;
          free = false;
          return isTaken;
        },
        async renew() {},
        async release() {
          free = true;
        },
      },
      {
        owner: "first",
        ticker: {
          setInterval: () => ++running,
          clearInterval: () => running--,
        },
      },
    );
    await leases
      .whileHolding("rollup", () => world.fails(new Error("the rollup failed")))
      .catch(() => {});
    await leases.whileHolding("rollup", () => world.step("done"));
    return running === 0 ? undefined : "a lease is renewed for ever";
  };
}
