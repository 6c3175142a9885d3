import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/accounts.ts";

export function scenario({ Accounts }: typeof Twin): Scenario {
  return async (world) => {
    const balances = new Map([["a", 10]]);
    const accounts = new Accounts({
      balance: async (account) => await world.step(balances.get(account) ?? 0),
      async add(account, amount) {
        await world.step(undefined);
        balances.set(account, (balances.get(account) ?? 0) + amount);
      },
    });
    await accounts.transfer("a", "b", 5);
    return balances.get("b") === 5 ? undefined : "the money did not arrive";
  };
}
