import type { Scenario } from "../../../harness/every-order.ts";
import { EventEmitter } from "node:events";
import type * as Twin from "./fixed/committer.ts";

export function scenario({ OffsetCommitter }: typeof Twin): Scenario {
  return async (world) => {
    const consumer = new EventEmitter();
    const commits: number[] = [];
    const committer = new OffsetCommitter(
      consumer,
      {
        async commit(_, __, offset) {
          commits.push(offset);
        },
      },
      { group: "billing", handler: () => world.step(undefined) },
    );
    let count = 0;
    const both = new Promise<void>((resolve) => {
      committer.on("committed", () => {
        if (++count === 2) resolve();
      });
    });
    committer.start();
    consumer.emit("message", { partition: 0, offset: 1, value: "a" });
    consumer.emit("message", { partition: 0, offset: 2, value: "b" });
    await both;
    committer.stop();
    return commits[0] === 2 ? undefined : "the committed offset went back";
  };
}
