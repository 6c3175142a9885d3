import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/reservations.ts";

export function scenario({ BoxOffice }: typeof Twin): Scenario {
  return async (world) => {
    const plan = { seats: new Set(["1A", "1B"]), price: 20 };
    const office = new BoxOffice({ plan: () => world.step(plan) });
    const asked = await Promise.allSettled([
      office.reserve("Hamlet", "1A", "Ada"),
      office.reserve("Hamlet", "1A", "Grace"),
    ]);
    const held = asked.filter(({ status }) => status === "fulfilled").length;
    return held === 1 ? undefined : "two guests hold the same seat";
  };
}
