import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/preview-window.ts";

export function scenario({ PreviewWindow }: typeof Twin): Scenario {
  return async (world) => {
    let loaded = false;
    let lost = false;
    const preview = new PreviewWindow({
      create: () =>
        world.step({
          async load() {
            await world.step(undefined);
            loaded = true;
          },
          postMessage() {
            if (!loaded) lost = true;
          },
          close() {},
        }),
    });
    world.happens(() => preview.send({ type: "scroll", line: 3 }));
    await preview.open("readme");
    return lost ? "a message went to a page that was not loaded" : undefined;
  };
}
