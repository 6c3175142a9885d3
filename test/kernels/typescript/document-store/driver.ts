import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/store.ts";

export function scenario({ DocumentStore }: typeof Twin): Scenario {
  return async (world) => {
    let isOpen = false;
    const store = new DocumentStore({
      async open() {
        await world.step(undefined);
        isOpen = true;
      },
      get: (key) => key,
      isOpen: () => isOpen,
    });
    const read = await Promise.allSettled([store.read("a"), store.read("b")]);
    return read.every(({ status }) => status === "fulfilled")
      ? undefined
      : "a document was asked for before the store was open";
  };
}
