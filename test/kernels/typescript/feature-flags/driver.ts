import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/flags.ts";

export function scenario({ FeatureFlags }: typeof Twin): Scenario {
  return async (world) => {
    let calls = 0;
    const flags = new FeatureFlags(
      {
        async load() {
          calls++;
          if (calls === 1) return await world.fails(new Error("503"));
          return await world.step(new Map([["dark", true]]));
        },
      },
      "production",
    );
    await Promise.allSettled([flags.isOn("dark")]);
    const [second] = await Promise.allSettled([flags.isOn("dark")]);
    return second.status === "fulfilled" ? undefined : "flags are never loaded again";
  };
}
