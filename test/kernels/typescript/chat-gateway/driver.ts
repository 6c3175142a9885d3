import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/gateway.ts";

import { EventEmitter } from "node:events";

export function scenario({ attend }: typeof Twin): Scenario {
  return async (world) => {
    const heard: string[] = [];
    const server = new EventEmitter();
    const asked = world.step({ id: "1", name: "Ada" });
    attend(server, { byToken: () => asked }, (_, text) => heard.push(text));
    const socket = Object.assign(new EventEmitter(), { token: "t", close: () => undefined });
    server.emit("connection", socket);
    const spoke = new Promise<void>((resolve) =>
      world.happens(() => {
        socket.emit("message", "hello");
        resolve();
      }),
    );
    await Promise.all([asked, spoke]);
    await new Promise((resolve) => setImmediate(resolve));
    return heard.length === 1 ? undefined : "a message was not heard";
  };
}
