import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/session.ts";

export function scenario({ PgSession }: typeof Twin): Scenario {
  return async (world) => {
    let dialled = 0;
    const session = new PgSession({
      host: "db",
      user: "app",
      password: "secret",
      async dial() {
        dialled++;
        await world.step(undefined);
        return { send: async (text) => (text === "AUTH" ? [{ ok: true }] : []), end: async () => {} };
      },
    });
    await Promise.all([session.query("SELECT 1"), session.query("SELECT 2")]);
    return dialled === 1 ? undefined : "two connections were dialled";
  };
}
