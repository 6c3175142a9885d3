import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/newsletter.ts";

export function scenario({ sendIssue }: typeof Twin): Scenario {
  return async (world) => {
    const letters = {
      compose: (language: string) => world.step(`letter in ${language}`),
      send: () => world.step(undefined),
    };
    const { sent } = await sendIssue(letters, [
      { email: "ada@example.org", language: "en" },
      { email: "grace@example.org", language: "en" },
    ]);
    return sent === 2 ? undefined : "done was said before the letters were sent";
  };
}
