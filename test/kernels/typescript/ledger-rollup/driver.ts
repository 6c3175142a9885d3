import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/rollup.ts";

export function scenario({ LedgerRollup }: typeof Twin): Scenario {
  return async (world) => {
    let written = 0;
    let writtenAtClose = 0;
    const rollup = new LedgerRollup({
      entriesOf: async () => [
        { account: "rent", cents: 5 },
        { account: "tea", cents: 2 },
      ],
      async writeTotal() {
        await world.step(undefined);
        written++;
      },
      async markClosed() {
        await world.step(undefined);
        writtenAtClose = written;
      },
    });
    await rollup.run("2026-11-27");
    return writtenAtClose === 2 ? undefined : "a day was closed before its totals were written";
  };
}
