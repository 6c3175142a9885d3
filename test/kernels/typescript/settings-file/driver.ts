import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/settings.ts";

export function scenario({ Settings }: typeof Twin): Scenario {
  return async (world) => {
    let heard = 0;
    for (const cached of ["theme=dark\n# comment", undefined]) {
      const settings = new Settings(
        { readCached: () => cached, read: async () => "theme=light" },
        "settings.conf",
      );
      settings.on("loaded", () => heard++);
      await world.step(undefined);
      await world.step(undefined);
    }
    return heard === 2 ? undefined : "nobody heard that the settings are there";
  };
}
