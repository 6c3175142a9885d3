import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/ledger-client.ts";

export function scenario({ LedgerClient }: typeof Twin): Scenario {
  return async (world) => {
    let opened = 0;
    let closed = 0;
    const dial: Twin.Dial = () => {
      opened++;
      return world.step({
        request: () => world.step(1),
        close: () => {
          closed++;
        },
      });
    };
    const client = new LedgerClient({ address: "ledger:7000", dial });
    await Promise.all([client.balance("a"), client.balance("b")]);
    await client.close();
    return opened === closed ? undefined : `${opened} connections were opened and ${closed} closed`;
  };
}
