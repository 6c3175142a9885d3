import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/runner.ts";

export function scenario({ JobRunner }: typeof Twin): Scenario {
  return async (world) => {
    let status: "waiting" | "done" | "failed" = "waiting";
    let runs = 0;
    const runner = new JobRunner({
      async load(id) {
        await world.step(undefined);
        return { id, kind: "mail", payload: "hello", status };
      },
      async finish(_, ended) {
        status = ended;
      },
    });
    runner.handle("mail", async () => {
      runs++;
      await world.step(undefined);
    });
    await Promise.all([runner.dispatch("7"), runner.dispatch("7")]);
    return runs === 1 ? undefined : "a job ran twice";
  };
}
