import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/poller.ts";

export function scenario({ FeedPoller }: typeof Twin): Scenario {
  return async (world) => {
    const poller = new FeedPoller(
      { fetch: () => world.step([{ id: "1", title: "first" }]) },
      { onItem: () => {} },
    );
    const stopped = new Promise<void>((resolve) =>
      world.happens(() => {
        poller.stop();
        resolve();
      }),
    );
    await Promise.all([poller.poll(), stopped]);
    const goesOn = poller.isScheduled;
    poller.stop();
    return goesOn ? "it polls on after it was stopped" : undefined;
  };
}
