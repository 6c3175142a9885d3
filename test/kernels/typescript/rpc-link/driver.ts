import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/link.ts";

export function scenario({ RpcLink }: typeof Twin): Scenario {
  return async (world) => {
    const link = new RpcLink({ send: () => undefined }, 1);
    const platform = globalThis.setTimeout;
    globalThis.setTimeout = ((run: () => void) => world.happens(run)) as unknown as typeof setTimeout;
    const asked = link.request("ping", {});
    globalThis.setTimeout = platform;
    const [{ status }] = await Promise.allSettled([asked]);
    if (status !== "rejected") return "no timeout";
    return link.load === 0 ? undefined : "a request is kept for ever";
  };
}
