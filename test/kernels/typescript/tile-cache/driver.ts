import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/tiles.ts";

export function scenario({ TileCache }: typeof Twin): Scenario {
  return async (world) => {
    let rendered = 0;
    const cache = new TileCache({
      async render({ x, y }) {
        rendered++;
        return await world.step(`${x}:${y}`);
      },
      now: () => 0,
    });
    const address = { layer: "roads", zoom: 3, x: 4, y: 2 };
    await Promise.all([cache.tile(address), cache.tile(address), cache.tile(address)]);
    return rendered === 1 ? undefined : "a tile was rendered more than once";
  };
}
