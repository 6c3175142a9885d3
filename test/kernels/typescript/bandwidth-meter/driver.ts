import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/meter.ts";

export function scenario({ MeteredClient }: typeof Twin): Scenario {
  return async (world) => {
    const client = new MeteredClient({
      http: {
        get: async (url) => ({
          url,
          status: await world.step(200),
          body: () => world.step(new Uint8Array(10)),
        }),
      },
    });
    await client.mirror(["/manifest", "/archive"]);
    return client.usage.bytes === 20 ? undefined : "downloaded bytes were not counted";
  };
}
