import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/reservations.ts";

export function scenario({ ReservationDesk }: typeof Twin): Scenario {
  return async (world) => {
    let open = true;
    let late = false;
    const desk = new ReservationDesk({
      connect: async () => ({
        async query(text, values = []) {
          if (text === "BEGIN") return [];
          if (text === "ROLLBACK") {
            open = false;
            return await world.step([]);
          }
          if (!open) late = true;
          return await world.step([{ amount: values[0] === "milk" ? 0 : 9 }]);
        },
        release() {},
      }),
    });
    const lines = [
      { article: "tea", amount: 1 },
      { article: "milk", amount: 1 },
    ];
    await desk.reserve("A-1", lines).catch(() => {});
    return late ? "stock was taken after the rollback" : undefined;
  };
}
