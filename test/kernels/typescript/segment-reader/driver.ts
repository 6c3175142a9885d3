import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/segment.ts";

export function scenario({ SegmentReader }: typeof Twin): Scenario {
  return async (world) => {
    let open = true;
    let late = false;
    const reader = new SegmentReader(
      {
        async read(_, length) {
          if (!open) late = true;
          await world.step(undefined);
          if (!open) late = true;
          const bytes = new Uint8Array(length);
          bytes[length - 1] = 2;
          return bytes;
        },
        async close() {
          open = false;
        },
      },
      { baseOffset: 100 },
    );
    let closed: Promise<void> | undefined;
    world.happens(() => {
      closed = reader.close();
    });
    await reader.record(0).catch(() => {});
    await closed;
    return late ? "a record was read from a closed file" : undefined;
  };
}
