import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/listener.ts";

export function scenario({ NotifyListener }: typeof Twin): Scenario {
  return async (world) => {
    let open = 0;
    const listener = new NotifyListener({
      channelOf: (schema) => world.step(`${schema}_notify`),
      async listen() {
        await world.step(undefined);
        open++;
        return {
          async close() {
            open--;
          },
        };
      },
    });
    const stopped = new Promise<void>((resolve) =>
      world.happens(() => void listener.stop().then(resolve)),
    );
    await Promise.all([listener.start(), stopped]);
    return open === 0 ? undefined : "a subscription stays open after stop";
  };
}
