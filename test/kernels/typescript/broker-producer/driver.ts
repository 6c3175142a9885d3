import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/producer.ts";

export function scenario({ Producer }: typeof Twin): Scenario {
  return async (world) => {
    let closed = 0;
    const producer = new Producer(
      {
        publish: () => world.step(undefined),
        async close() {
          closed++;
          await world.step(undefined);
        },
      },
      { topic: "orders" },
    );
    await producer.send({ id: 1 });
    await Promise.all([producer.close(), producer.close()]);
    return closed === 1 ? undefined : "the channel was closed twice";
  };
}
