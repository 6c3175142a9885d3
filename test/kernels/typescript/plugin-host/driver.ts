import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/host.ts";

export function scenario({ PluginHost }: typeof Twin): Scenario {
  return async (world) => {
    const echo = { name: "echo", handle: (command: string) => command };
    const host = new PluginHost({ discover: () => world.step([echo]) });
    const ran = await Promise.allSettled([host.run("one"), host.run("two")]);
    return ran.every(({ status }) => status === "fulfilled")
      ? undefined
      : "a plugin was not there yet";
  };
}
