/** Runs one task after the other. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  async runExclusive<T>(task: () => Promise<T>): Promise<T> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => undefined);
    return await run;
  }
}

export interface Book {
  balance(account: string): Promise<number>;
  add(account: string, amount: number): Promise<void>;
}

/** Moves money between accounts; nobody else may come between. */
export class Accounts {
  readonly #book: Book;
  readonly #mutex = new Mutex();

  constructor(book: Book) {
    this.#book = book;
  }

  async withdraw(account: string, amount: number): Promise<void> {
    await this.#mutex.runExclusive(async () => {
      await this.#withdraw(account, amount);
    });
  }

  async transfer(from: string, to: string, amount: number): Promise<void> {
    await this.#mutex.runExclusive(async () => {
      await this.withdraw(from, amount);
      await this.#book.add(to, amount);
    });
  }

  async #withdraw(account: string, amount: number): Promise<void> {
    if ((await this.#book.balance(account)) < amount) throw new RangeError("not enough");
    await this.#book.add(account, -amount);
  }
}
