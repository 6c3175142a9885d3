import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/thumbnails.ts";

export function scenario({ ThumbnailBatch }: typeof Twin): Scenario {
  return async (world) => {
    let open = 0;
    let most = 0;
    const batch = new ThumbnailBatch({
      async decode() {
        most = Math.max(most, ++open);
        return {
          width: 400,
          height: 300,
          scale: () => world.step(new Uint8Array()),
          free() {
            open--;
          },
        };
      },
      store: async () => {},
    });
    await batch.run(["a.jpg", "b.jpg", "c.jpg", "d.jpg"]);
    return most <= 2 ? undefined : "an album's pictures are all in memory at once";
  };
}
