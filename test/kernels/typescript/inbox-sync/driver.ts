import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/inbox.ts";

export function scenario({ Inbox }: typeof Twin): Scenario {
  return async (world) => {
    let calls = 0;
    const inbox = new Inbox({
      async lettersSince() {
        calls++;
        if (calls === 1) return await world.fails(new Error("offline"));
        return await world.step([{ id: "1", subject: "hello" }]);
      },
    });
    await Promise.allSettled([inbox.sync()]);
    await inbox.sync();
    return inbox.subjects.length === 1 ? undefined : "the inbox is never synchronised again";
  };
}
