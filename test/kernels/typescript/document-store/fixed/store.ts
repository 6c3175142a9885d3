export interface Driver {
  open(): Promise<void>;
  get(key: string): string | undefined;
  isOpen(): boolean;
}

export class NotOpen extends Error {}

/** Documents by key; the driver is opened by the first who needs it. */
export class DocumentStore {
  readonly #driver: Driver;
  #connecting: Promise<void> | undefined;
  #reads = 0;

  constructor(driver: Driver) {
    this.#driver = driver;
  }

  get reads(): number {
    return this.#reads;
  }

  async read(key: string): Promise<string | undefined> {
    await this.connect();
    if (!this.#driver.isOpen()) throw new NotOpen(key);
    this.#reads++;
    return this.#driver.get(key);
  }

  async connect(): Promise<void> {
    this.#connecting ??= this.#driver.open().catch((error: unknown) => {
      this.#connecting = undefined;
      throw error;
    });
    await this.#connecting;
  }
}
