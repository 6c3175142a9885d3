import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/orders.ts";

export function scenario({ OrderDesk }: typeof Twin): Scenario {
  return async (world) => {
    const stored: string[] = [];
    const desk = new OrderDesk({
      async save({ number }) {
        await world.step(undefined);
        stored.push(number);
      },
      count: async () => stored.length,
    });
    const { number } = await desk.take(["tea"]);
    return stored.includes(number) ? undefined : "the order was confirmed before it was stored";
  };
}
