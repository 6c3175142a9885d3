import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/client.ts";

export function scenario({ DeadlineClient }: typeof Twin): Scenario {
  return async (world) => {
    const { setTimeout, clearTimeout } = globalThis;
    const timers = new Set<() => void>();
    Object.assign(globalThis, {
      setTimeout(fire: () => void) {
        timers.add(fire);
        return fire;
      },
      clearTimeout: (fire: () => void) => timers.delete(fire),
    });
    try {
      const client = new DeadlineClient({
        transport: { request: () => world.step({ status: 200, body: "ok" }) },
      });
      await Promise.all([client.get("/a"), client.get("/b")]);
      return timers.size === 0 ? undefined : "timers outlive their requests";
    } finally {
      Object.assign(globalThis, { setTimeout, clearTimeout });
    }
  };
}
