import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/rates.ts";

export function scenario({ ExchangeRates }: typeof Twin): Scenario {
  return async (world) => {
    let requests = 0;
    const rates = new ExchangeRates((currency, day) => {
      requests++;
      return world.step({ currency, day, perEuro: 2 });
    });
    const day = "2026-01-05";
    await Promise.all([rates.convert(100, "USD", day), rates.convert(200, "USD", day), rates.convert(300, "USD", day)]);
    return requests === 1 ? undefined : `${requests} requests for one rate`;
  };
}
