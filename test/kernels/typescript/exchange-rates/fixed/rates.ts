export interface Rate {
  readonly currency: string;
  readonly perEuro: number;
  readonly day: string;
}

export type FetchRate = (currency: string, day: string) => Promise<Rate>;

const MOST_RATES = 500;

/** Exchange rates of the central bank, which allows few requests. */
export class ExchangeRates {
  readonly #fetchRate: FetchRate;
  readonly #rates = new Map<string, Promise<Rate>>();

  constructor(fetchRate: FetchRate) {
    this.#fetchRate = fetchRate;
  }

  async convert(cents: number, currency: string, day: string): Promise<number> {
    if (currency === "EUR") return cents;
    const { perEuro } = await this.rate(currency, day);
    return Math.round(cents / perEuro);
  }

  async rate(currency: string, day: string): Promise<Rate> {
    const key = `${currency} ${day}`;
    let rate = this.#rates.get(key);
    if (!rate) {
      rate = this.#fetchRate(currency, day);
      this.#makeRoom();
      this.#rates.set(key, rate);
      rate.catch(() => this.#rates.delete(key));
    }
    return await rate;
  }

  #makeRoom(): void {
    const [oldest] = this.#rates.keys();
    if (this.#rates.size >= MOST_RATES && oldest !== undefined) this.#rates.delete(oldest);
  }
}
