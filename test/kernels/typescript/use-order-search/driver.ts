import type { Scenario } from "../../../harness/every-order.ts";
import { mountHook } from "../../../harness/hooks.ts";
import type * as Twin from "./fixed/use-order-search.ts";

export function scenario({ useOrderSearch }: typeof Twin): Scenario {
  return async (world) => {
    const answers: Promise<unknown>[] = [];
    const api: Twin.OrderApi = {
      find({ text }) {
        const answer = world.step({
          orders: [{ number: text, customer: "c", total: 1 }],
          count: 1,
        });
        answers.push(answer);
        return answer;
      },
    };
    const mounted = mountHook(() => useOrderSearch(api));
    mounted.result.setText("te");
    mounted.result.setText("tea");
    await Promise.all(answers);
    const [shown] = mounted.result.orders;
    mounted.unmount();
    return shown?.number === "tea" ? undefined : "the answer to an older text is shown";
  };
}
