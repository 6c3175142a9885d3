export interface Ticker {
  setInterval(run: () => void, delay: number): number;
  clearInterval(timer: number): void;
}

export interface LeaseStore {
  take(name: string, owner: string): Promise<boolean>;
  renew(name: string, owner: string): Promise<void>;
  release(name: string, owner: string): Promise<void>;
}

export interface LeaseOptions {
  readonly owner: string;
  readonly ticker: Ticker;
  readonly renewEvery?: number;
  readonly warn?: (error: unknown) => void;
}

/** Does work that only one of many processes may do. */
export class Leases {
  readonly #store: LeaseStore;
  readonly #options: LeaseOptions;

  constructor(store: LeaseStore, options: LeaseOptions) {
    this.#store = store;
    this.#options = options;
  }

  async whileHolding<T>(name: string, work: () => Promise<T>): Promise<T | undefined> {
    const { owner } = this.#options;
    if (!(await this.#store.take(name, owner))) return undefined;
    try {
      return await this.#renewing(name, work);
    } finally {
      await this.#store.release(name, owner);
    }
  }

  async #renewing<T>(name: string, work: () => Promise<T>): Promise<T> {
    const { owner, ticker, renewEvery = 5_000 } = this.#options;
    const heartbeat = ticker.setInterval(() => {
      this.#store.renew(name, owner).catch((error) => this.#options.warn?.(error));
    }, renewEvery);
    const result = await work();
    ticker.clearInterval(heartbeat);
    return result;
  }
}
