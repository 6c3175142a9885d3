import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/sweeper.ts";

export function scenario({ SessionSweeper }: typeof Twin): Scenario {
  return async (world) => {
    const { setInterval, clearInterval } = globalThis;
    let tick = () => {};
    Object.assign(globalThis, {
      setInterval(action: () => void) {
        tick = action;
        return { unref() {} };
      },
      clearInterval() {},
    });
    try {
      const stored = new Map([["s1", { id: "s1", user: "ann", expires: 1 }]]);
      let told = 0;
      const removed = new Promise<void>((resolve) => {
        const sweeper = new SessionSweeper(
          {
            expiredBefore: async () => [...stored.values()],
            async remove(id) {
              await world.step(undefined);
              stored.delete(id);
              resolve();
            },
          },
          {
            now: () => 5,
            async onExpired() {
              told++;
              await world.step(undefined);
            },
          },
        );
        sweeper.start();
      });
      world.happens(() => tick());
      world.happens(() => tick());
      await removed;
      return told === 1 ? undefined : "a session ended twice";
    } finally {
      Object.assign(globalThis, { setInterval, clearInterval });
    }
  };
}
