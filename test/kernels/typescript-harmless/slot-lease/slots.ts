export interface Slot {
  readonly number: number;
  [Symbol.dispose](): void;
}

export interface Printer {
  warmUp(slot: number): Promise<void>;
  print(slot: number, page: string): Promise<void>;
}

/** A printer has a few slots; whoever takes one gives it back when the page is out. */
export class SlotDesk {
  readonly #printer: Printer;
  readonly #free: number[];
  readonly #queue: ((slot: number) => void)[] = [];

  constructor(printer: Printer, slots: number) {
    this.#printer = printer;
    this.#free = Array.from({ length: slots }, (_, index) => index);
  }

  async take(): Promise<Slot> {
    const number = await this.#acquire();
    try {
      await this.#printer.warmUp(number);
    } catch (error) {
      this.#release(number);
      throw error;
    }
    let returned = false;
    return {
      number,
      [Symbol.dispose]: () => {
        if (returned) return;
        returned = true;
        this.#release(number);
      },
    };
  }

  async print(pages: readonly string[]): Promise<void> {
    const slot = await this.take();
    try {
      for (const page of pages) await this.#printer.print(slot.number, page);
    } finally {
      slot[Symbol.dispose]();
    }
  }

  #acquire(): Promise<number> {
    const slot = this.#free.shift();
    if (slot !== undefined) return Promise.resolve(slot);
    return new Promise((resolve) => {
      this.#queue.push(resolve);
    });
  }

  #release(slot: number): void {
    const next = this.#queue.shift();
    if (next) next(slot);
    else this.#free.push(slot);
  }
}
