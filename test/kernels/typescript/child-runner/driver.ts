import type { Scenario } from "../../../harness/every-order.ts";
import { EventEmitter } from "node:events";
import type * as Twin from "./fixed/runner.ts";

export function scenario({ FilterRunner }: typeof Twin): Scenario {
  return async (world) => {
    const runner = new FilterRunner(() => {
      const child = Object.assign(new EventEmitter(), {
        stdin: { end: (_: string, done: () => void) => world.happens(done) },
        stdout: new EventEmitter(),
      });
      world.happens(() => child.emit("close", 0));
      return child;
    }, "fmt");
    const { code } = await runner.run(["-"], { input: "text" });
    return code === 0 ? undefined : "the filter failed";
  };
}
