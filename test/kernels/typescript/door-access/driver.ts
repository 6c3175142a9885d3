import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/doors.ts";

export function scenario({ DoorControl }: typeof Twin): Scenario {
  return async (world) => {
    const control = new DoorControl({
      isBlocked: () => world.step(true),
      doorsOf: () => world.step(new Set(["lab"])),
    });
    const decision = await control.decide({ holder: "Eve", number: "7" }, "lab");
    return decision === "refused" ? undefined : "a stranger was let in";
  };
}
