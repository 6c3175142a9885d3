import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/workshop.ts";

export function scenario({ Workshop }: typeof Twin): Scenario {
  return async (world) => {
    const payments: Twin.Payments = {
      charge: (email) => world.step({ id: email }),
      refund: () => world.step(undefined),
    };
    const workshop = new Workshop("Pottery", 1, 9_000, payments);
    await Promise.allSettled([
      workshop.book({ email: "ada@example.org", name: "Ada" }),
      workshop.book({ email: "bob@example.org", name: "Bob" }),
    ]);
    const sold = workshop.attendees.length;
    return sold === 1 ? undefined : `${sold} seats sold of 1`;
  };
}
