import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/forwarder.ts";

export function scenario({ Forwarder }: typeof Twin): Scenario {
  return async (world) => {
    const delivered: string[] = [];
    const unread = new Map([["1", { id: "1", body: "hello" }]]);
    const mailbox: Twin.Mailbox = {
      unread: () => world.step([...unread.values()]),
      markRead: async (id) => {
        await world.step(undefined);
        unread.delete(id);
      },
    };
    const platform = globalThis.setInterval;
    let tick: () => unknown = () => undefined;
    globalThis.setInterval = ((run: () => unknown) => {
      tick = run;
      return 1;
    }) as unknown as typeof setInterval;
    try {
      new Forwarder(mailbox, async ({ id }) => {
        await world.step(undefined);
        delivered.push(id);
      }).start();
    } finally {
      globalThis.setInterval = platform;
    }
    const runs: unknown[] = [tick()];
    await new Promise<void>((resolve) =>
      world.happens(() => {
        runs.push(tick());
        resolve();
      }),
    );
    await Promise.all(runs);
    return delivered.length <= 1 ? undefined : "a message was delivered twice";
  };
}
