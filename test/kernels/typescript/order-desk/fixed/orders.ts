export interface Order {
  readonly number: string;
  readonly items: readonly string[];
}

export interface OrderStore {
  save(order: Order): Promise<void>;
  count(): Promise<number>;
}

export interface Confirmation {
  readonly number: string;
  readonly position: number;
}

/** Takes orders; a confirmed one must not get lost. */
export class OrderDesk {
  readonly #store: OrderStore;
  #last = 0;

  constructor(store: OrderStore) {
    this.#store = store;
  }

  async take(items: readonly string[]): Promise<Confirmation> {
    if (items.length === 0) throw new RangeError("an order needs items");
    const number = `A-${++this.#last}`;
    await this.#keep({ number, items });
    return { number, position: this.#last };
  }

  async #keep(order: Order): Promise<void> {
    await this.#store.save(order);
    const count = await this.#store.count();
    if (count < 1) throw new Error(`${order.number} was not kept`);
  }
}
