import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/invoices.ts";

export function scenario({ InvoiceBook }: typeof Twin): Scenario {
  return async (world) => {
    const book = new InvoiceBook({ save: () => world.step(undefined) }, "R26", 41);
    const invoices = await Promise.all([book.issue("Ada", 100), book.issue("Bob", 200)]);
    const numbers = new Set(invoices.map(({ number }) => number));
    return numbers.size === 2 ? undefined : "two invoices have one number";
  };
}
