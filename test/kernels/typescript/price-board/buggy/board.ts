import type { EventEmitter } from "node:events";

export interface Price {
  readonly symbol: string;
  readonly amount: number;
}

/** Shows the latest price of each symbol until it is closed; many boards may hang on one feed. */
export class PriceBoard {
  readonly #feed: EventEmitter;
  readonly #latest = new Map<string, number>();

  constructor(feed: EventEmitter) {
    this.#feed = feed;
    feed.on("price", this.onPrice.bind(this));
  }

  amount(symbol: string): number | undefined {
    return this.#latest.get(symbol);
  }

  close(): void {
    this.#feed.off("price", this.onPrice.bind(this));
    this.#latest.clear();
  }

  onPrice({ symbol, amount }: Price): void {
    this.#latest.set(symbol, amount);
  }
}
