import { type Database, inTransaction, type Transaction } from "./transaction.ts";

export interface OrderLine {
  readonly article: string;
  readonly amount: number;
}

export interface Reservation {
  readonly order: string;
  readonly lines: readonly OrderLine[];
}

export class OutOfStock extends Error {
  readonly article: string;

  constructor(article: string) {
    super(`${article} is out of stock`);
    this.article = article;
  }
}

/** Reserves all articles of an order, or none of them. */
export class ReservationDesk {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async reserve(order: string, lines: readonly OrderLine[]): Promise<Reservation> {
    if (lines.length === 0) throw new RangeError("nothing to reserve");
    const merged = this.#merge(lines);
    return await inTransaction(this.#database, async (transaction) => {
      await this.#reserveAll(transaction, merged);
      await transaction.query("INSERT INTO reservations (order_number) VALUES ($1)", [order]);
      return { order, lines: merged };
    });
  }

  async #reserveAll(transaction: Transaction, lines: readonly OrderLine[]): Promise<void> {
    await Promise.all(lines.map((line) => this.#reserveLine(transaction, line)));
  }

  async #reserveLine(transaction: Transaction, { article, amount }: OrderLine): Promise<void> {
    const [stock] = await transaction.query(
      "SELECT amount FROM stock WHERE article = $1 FOR UPDATE",
      [article],
    );
    if (Number(stock?.["amount"] ?? 0) < amount) throw new OutOfStock(article);
    await transaction.query("UPDATE stock SET amount = amount - $2 WHERE article = $1", [
      article,
      amount,
    ]);
  }

  #merge(lines: readonly OrderLine[]): OrderLine[] {
    const amounts = new Map<string, number>();
    for (const { article, amount } of lines) {
      amounts.set(article, (amounts.get(article) ?? 0) + amount);
    }
    return [...amounts]
      .map(([article, amount]) => ({ article, amount }))
      .sort((a, b) => a.article.localeCompare(b.article));
  }
}
