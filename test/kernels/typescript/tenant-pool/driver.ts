import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/tenants.ts";

export function scenario({ Tenants }: typeof Twin): Scenario {
  return async (world) => {
    const idle = [0];
    const waiting: ((connection: number) => void)[] = [];
    const users = [0, 0];
    let isShared = false;
    const giveBack = (connection: number) => {
      const next = waiting.shift();
      if (next) next(connection);
      else idle.push(connection);
    };
    const tenants = new Tenants({
      async connect() {
        const id =
          idle.pop() ?? (await new Promise<number>((resolve) => waiting.push(resolve)));
        return {
          async query(text) {
            users[id] = (users[id] ?? 0) + 1;
            if ((users[id] ?? 0) > 1) isShared = true;
            try {
              await world.step(undefined);
              if (text === "broken") throw new Error("syntax error");
              return [];
            } finally {
              users[id] = (users[id] ?? 0) - 1;
            }
          },
          release: () => giveBack(id),
        };
      },
    });
    for (const name of ["a", "b", "c"]) tenants.register(name, name);
    await Promise.allSettled([
      tenants.rows("a", "broken"),
      tenants.rows("b", "SELECT 1"),
      tenants.rows("c", "SELECT 1"),
    ]);
    return isShared ? "two queries shared a connection" : undefined;
  };
}
