import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/handles.ts";

export function scenario({ HandleRegistry }: typeof Twin): Scenario {
  return async (world) => {
    const registry = new HandleRegistry({ insert: () => world.step(undefined) });
    const claims = await Promise.allSettled([registry.claim("@ada", "1"), registry.claim("Ada", "2")]);
    const given = claims.filter(({ status }) => status === "fulfilled").length;
    return given === 1 ? undefined : "both were told that the handle is theirs";
  };
}
