import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/pool.ts";

export function scenario({ ReplicaPool }: typeof Twin): Scenario {
  return async (world) => {
    const query = async (text: string) => {
      if (text.includes("missing")) return await world.fails(new Error("no such schema"));
      return [];
    };
    const pool = new ReplicaPool([{ id: 1, query }]);
    await pool.use({ schema: "missing" }, (connection) => connection.query("SELECT 1")).catch(() => {});
    return pool.idle === 1 ? undefined : "a connection was not given back";
  };
}
