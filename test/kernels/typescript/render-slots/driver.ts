import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/slots.ts";

export function scenario({ Renderer }: typeof Twin): Scenario {
  return async (world) => {
    let most = 0;
    const template = {
      name: "bill",
      async render() {
        most = Math.max(most, renderer.running);
        return await world.step("text");
      },
    };
    const renderer = new Renderer({ find: () => world.step(template) }, 1);
    await Promise.allSettled([renderer.render("bill", {}), renderer.render("bill", {})]);
    return most <= 1 ? undefined : "more than one job ran at a time";
  };
}
