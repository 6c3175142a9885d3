export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly cents: number;
}

export interface Database {
  insert(table: string, row: object): Promise<void>;
  transaction<T>(run: (tx: Database) => Promise<T>): Promise<T>;
}

/** Places orders: the order, its payment and the points of the customer, all or nothing. */
export class Checkout {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async place(order: Order): Promise<void> {
    const points = Math.floor(order.cents / 100);
    await this.#db.transaction(async (tx) => {
      await tx.insert("orders", { id: order.id, customer: order.customer });
      await tx.insert("payments", { order: order.id, cents: order.cents });
      if (points > 0) await tx.insert("points", { customer: order.customer, points });
    });
  }
}
