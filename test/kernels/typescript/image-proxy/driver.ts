import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/image-proxy.ts";

export function scenario({ ImageProxy }: typeof Twin): Scenario {
  return async (world) => {
    const placeholder = { type: "image/svg+xml", bytes: new Uint8Array() };
    const proxy = new ImageProxy({
      source: { fetch: () => world.fails(new Error("the supplier is down")) },
      placeholder,
    });
    let sent: Uint8Array | undefined;
    const response: Twin.Response = {
      status: () => response,
      set: () => response,
      send(body) {
        sent = body;
      },
    };
    await proxy.show({ params: { name: "tea.png" }, query: {} }, response, () => {});
    return sent === placeholder.bytes ? undefined : "no placeholder was shown";
  };
}
