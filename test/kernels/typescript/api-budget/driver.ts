import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/budget.ts";

export function scenario({ createBudget }: typeof Twin): Scenario {
  return async (world) => {
    const budget = createBudget({
      limit: 10,
      trail: { open: ({ route }) => world.step(route), settle: async () => {} },
    });
    const call = { route: "/translate", cost: 7 };
    await Promise.allSettled([
      budget.spend(call, async () => "one"),
      budget.spend(call, async () => "two"),
    ]);
    return budget.left() >= 0 ? undefined : "more was spent than the budget allows";
  };
}
