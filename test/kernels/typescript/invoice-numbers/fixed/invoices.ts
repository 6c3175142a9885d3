/** Where numbers are kept between runs. */
export interface NumberStore {
  save(series: string, last: number): Promise<void>;
}

export interface Invoice {
  readonly number: string;
  readonly customer: string;
  readonly cents: number;
}

/** Numbers invoices without gaps and without doubles, as the tax office wants. */
export class InvoiceBook {
  readonly #store: NumberStore;
  readonly #series: string;
  #last: number;

  constructor(store: NumberStore, series: string, last: number) {
    this.#store = store;
    this.#series = series;
    this.#last = last;
  }

  async issue(customer: string, cents: number): Promise<Invoice> {
    if (cents <= 0) throw new RangeError("an invoice asks for money");
    const number = await this.#nextNumber();
    return { number: `${this.#series}-${String(number).padStart(6, "0")}`, customer, cents };
  }

  async #nextNumber(): Promise<number> {
    this.#last++;
    const next = this.#last;
    await this.#store.save(this.#series, next);
    return next;
  }
}
