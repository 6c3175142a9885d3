import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/print-queue.ts";

export function scenario({ PrintQueue }: typeof Twin): Scenario {
  return async (world) => {
    const printed: string[] = [];
    const queue = new PrintQueue({
      async print({ document }) {
        await world.step(undefined);
        printed.push(document);
      },
    });
    queue.add({ document: "invoice", pages: 1 });
    queue.add({ document: "letter", pages: 2 });
    await Promise.all([queue.printNext(), queue.printNext()]);
    return new Set(printed).size === printed.length ? undefined : "a document was printed twice";
  };
}
