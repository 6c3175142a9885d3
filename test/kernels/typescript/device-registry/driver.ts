import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/registry.ts";

export function scenario({ DeviceRegistry }: typeof Twin): Scenario {
  return async (world) => {
    const registry = new DeviceRegistry();
    for (const id of ["a", "b", "c"]) {
      registry.add({ id, ping: () => world.step(false) });
    }
    const { asked } = await registry.sweep();
    return asked === 3 ? undefined : "a device was passed over";
  };
}
