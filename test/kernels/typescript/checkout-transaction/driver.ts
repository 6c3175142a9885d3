import type { Scenario, World } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/checkout.ts";

/** A database that keeps rows in memory and takes back those of a failed transaction. */
class MemoryDatabase implements Twin.Database {
  readonly rows: object[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  async insert(table: string, row: object): Promise<void> {
    await this.#world.step(undefined);
    if (table === "points") throw new Error("no such customer");
    this.rows.push(row);
  }

  async transaction<T>(run: (tx: Twin.Database) => Promise<T>): Promise<T> {
    const inside = new MemoryDatabase(this.#world);
    const outcome = await run(inside);
    this.rows.push(...inside.rows);
    return outcome;
  }
}

export function scenario({ Checkout }: typeof Twin): Scenario {
  return async (world) => {
    const db = new MemoryDatabase(world);
    const placed = new Checkout(db).place({ id: "1", customer: "nobody", cents: 900 });
    await placed.catch(() => undefined);
    return db.rows.length === 0 ? undefined : `${db.rows.length} row stayed after the rollback`;
  };
}
