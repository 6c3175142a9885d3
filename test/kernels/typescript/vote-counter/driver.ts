import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/votes.ts";

export function scenario({ VoteCounter }: typeof Twin): Scenario {
  return async (world) => {
    const counter = new VoteCounter({ weight: () => world.step(1) });
    await Promise.all([
      counter.count({ candidate: "Ada", voter: "a" }),
      counter.count({ candidate: "Ada", voter: "b" }),
    ]);
    return counter.of("Ada") === 2 ? undefined : "a vote was lost";
  };
}
