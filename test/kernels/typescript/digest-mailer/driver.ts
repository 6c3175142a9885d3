import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/digest.ts";

export function scenario({ DigestMailer }: typeof Twin): Scenario {
  return async (world) => {
    let sent = 0;
    let tooEarly = false;
    const mailer = new DigestMailer({
      store: {
        subscribers: async () => [
          { email: "ann@mail.test", topics: ["tea"] },
          { email: "bob@mail.test", topics: ["tea"] },
        ],
        articlesSince: async () => [{ title: "Oolong", topic: "tea", url: "/oolong" }],
        async markSent(_, mails) {
          await world.step(undefined);
          tooEarly = sent < mails;
        },
      },
      async send() {
        await world.step(undefined);
        sent++;
      },
    });
    await mailer.publish("48", "47");
    return tooEarly ? "an edition was marked as sent before it was" : undefined;
  };
}
