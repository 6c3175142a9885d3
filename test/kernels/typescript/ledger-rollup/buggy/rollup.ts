export interface LedgerEntry {
  readonly account: string;
  readonly cents: number;
}

export interface LedgerStore {
  entriesOf(day: string): Promise<readonly LedgerEntry[]>;
  writeTotal(day: string, account: string, cents: number): Promise<void>;
  markClosed(day: string): Promise<void>;
}

export interface RollupOptions {
  readonly dryRun?: boolean;
  readonly onDay?: (day: string, accounts: number) => void;
}

export type Totals = ReadonlyMap<string, number>;

/** Sums up the ledger day by day; the entries of a closed day are deleted at night. */
export class LedgerRollup {
  readonly #store: LedgerStore;
  readonly #dryRun: boolean;
  readonly #onDay: (day: string, accounts: number) => void;

  constructor(store: LedgerStore, { dryRun = false, onDay = () => {} }: RollupOptions = {}) {
    this.#store = store;
    this.#dryRun = dryRun;
    this.#onDay = onDay;
  }

  run(day: string): Promise<Totals> {
    return this.#store
      .entriesOf(day)
      .then((entries) => this.#sum(entries))
      .then((totals) => this.#close(day, totals).then(() => totals));
  }

  #close(day: string, totals: Totals): Promise<void> {
    if (this.#dryRun) return Promise.resolve();
    return Promise.resolve(totals)
      .then((all) => {
        this.#writeAll(day, all);
      })
      .then(() => this.#store.markClosed(day))
      .then(() => this.#onDay(day, totals.size));
  }

  async #writeAll(day: string, totals: Totals): Promise<void> {
    for (const [account, cents] of totals) await this.#store.writeTotal(day, account, cents);
  }

  #sum(entries: readonly LedgerEntry[]): Totals {
    const totals = new Map<string, number>();
    for (const { account, cents } of entries) {
      totals.set(account, (totals.get(account) ?? 0) + cents);
    }
    return totals;
  }
}
