import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/permissions.ts";

export function scenario({ PageFilter }: typeof Twin): Scenario {
  return async (world) => {
    const filter = new PageFilter({ mayRead: () => world.step(false) });
    const pages = await filter.visible("eve", [{ title: "wages", owner: "ada" }]);
    return pages.length === 0 ? undefined : "a page was shown to a stranger";
  };
}
