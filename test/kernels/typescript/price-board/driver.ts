import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/board.ts";

import { EventEmitter } from "node:events";

export function scenario({ PriceBoard }: typeof Twin): Scenario {
  return async () => {
    const feed = new EventEmitter();
    new PriceBoard(feed).close();
    return feed.listenerCount("price") === 0 ? undefined : "a closed board still listens";
  };
}
