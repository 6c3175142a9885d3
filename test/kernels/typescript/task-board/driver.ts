import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/board.ts";

export function scenario({ TaskBoard }: typeof Twin): Scenario {
  return async (world) => {
    const tasks = ["a", "b", "c"].map((id) => ({ id, isDone: false }));
    const board = new TaskBoard({ finish: () => world.step(undefined) }, tasks);
    const finished = board.finish("b");
    board.drop("a");
    await finished;
    const ids = board.tasks.map(({ id }) => id).join();
    return ids === "b,c" ? undefined : "another task was marked as done";
  };
}
