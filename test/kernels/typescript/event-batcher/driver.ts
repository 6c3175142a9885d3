import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/batcher.ts";

export function scenario({ EventBatcher }: typeof Twin): Scenario {
  return async (world) => {
    const received: string[] = [];
    const batcher = new EventBatcher({
      async ingest(events) {
        for (const { name } of events) received.push(name);
        await world.step(undefined);
      },
    });
    batcher.track("open");
    const flushed = batcher.flush();
    batcher.track("close");
    await flushed;
    await batcher.flush();
    return received.includes("close") ? undefined : "an event was lost";
  };
}
