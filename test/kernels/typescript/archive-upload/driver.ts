import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/upload.ts";

import { devNull } from "node:os";

export function scenario({ copyFile }: typeof Twin): Scenario {
  return async (world) => {
    let uncaught: string | undefined;
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.once("uncaughtException", () => {
      uncaught = "hangs";
    });
    const copied = copyFile("/no/such/file", devNull).then(
      () => "copied",
      () => "failed",
    );
    let isSettled = false;
    copied.then(() => {
      isSettled = true;
    });
    for (let step = 0; step < 50 && !isSettled && uncaught === undefined; step++) {
      await world.step(undefined);
      // The file system answers in its own time.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
    const outcome = isSettled ? await copied : "hangs";
    process.removeAllListeners("uncaughtException");
    for (const listener of others) process.on("uncaughtException", listener);
    return outcome === "failed" ? undefined : (uncaught ?? outcome);
  };
}
