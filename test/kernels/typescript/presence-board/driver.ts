import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/presence.ts";

export function scenario({ PresenceBoard }: typeof Twin): Scenario {
  return async (world) => {
    const known = new Map<string, string>();
    const board = new PresenceBoard({
      async update(changes) {
        for (const [person, status] of changes) known.set(person, status);
        await world.step(undefined);
      },
    });
    board.set("Ada", "here");
    const told = board.tell();
    board.set("Ada", "away");
    await told;
    await board.tell();
    return known.get("Ada") === "away" ? undefined : "a change was not told";
  };
}
