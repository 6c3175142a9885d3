import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/channel.ts";

export function scenario({ AckChannel }: typeof Twin): Scenario {
  return async (world) => {
    let answers = 0;
    const channel = new AckChannel({ emit: () => undefined });
    const platform = globalThis.setTimeout;
    const late = new Promise<void>((resolve) => {
      globalThis.setTimeout = ((run: () => void) =>
        world.happens(() => {
          run();
          resolve();
        })) as unknown as typeof setTimeout;
      channel.emit("save", () => {
        answers++;
      });
    });
    globalThis.setTimeout = platform;
    await late;
    channel.acknowledged(0, "saved");
    return answers === 1 ? undefined : "answered twice";
  };
}
