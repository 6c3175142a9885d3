import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/lease.ts";

export function scenario({ LeaseKeeper }: typeof Twin): Scenario {
  return async (world) => {
    let taken = 0;
    const landlord = {
      async take() {
        taken++;
        return await world.step({ id: `lease ${taken}`, seconds: 60 });
      },
    };
    const keeper = new LeaseKeeper(landlord, "worker");
    await Promise.all([keeper.current(), keeper.current()]);
    return taken === 1 ? undefined : "two leases were taken";
  };
}
