export interface Lease {
  readonly id: string;
  readonly seconds: number;
}

export interface Landlord {
  take(name: string): Promise<Lease>;
}

/** Keeps the lease of one worker; whoever works asks for it first. */
export class LeaseKeeper {
  readonly #landlord: Landlord;
  readonly #name: string;
  readonly #now: () => number;
  #id = "";
  #validUntil = 0;

  constructor(landlord: Landlord, name: string, now: () => number = Date.now) {
    this.#landlord = landlord;
    this.#name = name;
    this.#now = now;
  }

  async current(): Promise<string> {
    if (this.#now() >= this.#validUntil) {
      await this.#renew();
    }
    return this.#id;
  }

  async #renew(): Promise<void> {
    const { id, seconds } = await this.#landlord.take(this.#name);
    this.#id = id;
    this.#validUntil = this.#now() + seconds * 1_000;
  }
}
