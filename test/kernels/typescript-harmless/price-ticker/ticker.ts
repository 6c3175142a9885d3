export interface Price {
  readonly symbol: string;
  readonly cents: number;
}

export interface PriceApi {
  prices(symbols: readonly string[]): Promise<readonly Price[]>;
}

export interface TickerOptions {
  readonly api: PriceApi;
  readonly every?: number;
  readonly onChange: (price: Price) => void;
  readonly log?: (message: string, error: unknown) => void;
}

/** Tells about changed prices; a slow answer makes it skip a turn. */
export class PriceTicker {
  readonly #options: TickerOptions;
  readonly #symbols = new Set<string>();
  readonly #known = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #busy = false;

  constructor(options: TickerOptions) {
    this.#options = options;
  }

  watch(symbol: string): () => void {
    this.#symbols.add(symbol);
    this.#timer ??= setInterval(async () => {
      if (this.#busy) return;
      this.#busy = true;
      try {
        await this.#poll();
      } catch (error) {
        this.#options.log?.("no prices", error);
      } finally {
        this.#busy = false;
      }
    }, this.#options.every ?? 5_000);
    return () => this.#unwatch(symbol);
  }

  #unwatch(symbol: string): void {
    this.#symbols.delete(symbol);
    this.#known.delete(symbol);
    if (this.#symbols.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #poll(): Promise<void> {
    const prices = await this.#options.api.prices([...this.#symbols]);
    for (const price of prices) {
      if (!this.#symbols.has(price.symbol)) continue;
      if (this.#known.get(price.symbol) === price.cents) continue;
      this.#known.set(price.symbol, price.cents);
      this.#options.onChange(price);
    }
  }
}
