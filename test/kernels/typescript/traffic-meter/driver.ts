import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/traffic.ts";

export function scenario({ TrafficMeter }: typeof Twin): Scenario {
  return async (world) => {
    const meter = new TrafficMeter();
    const probe = (host: string, bytes: number): Twin.Probe => ({ host, traffic: () => world.step(bytes) });
    await meter.collect([probe("a", 1), probe("b", 10), probe("c", 100)]);
    return meter.summary.total === 111 ? undefined : "traffic was lost";
  };
}
