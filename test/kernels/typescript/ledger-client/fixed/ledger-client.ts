export interface Connection {
  request(method: string, body: unknown): Promise<unknown>;
  close(): void;
}

export type Dial = (address: string) => Promise<Connection>;

export interface ClientOptions {
  readonly address: string;
  readonly dial: Dial;
  readonly onClose?: (address: string) => void;
}

/** A client of the ledger service. It connects when it is first needed. */
export class LedgerClient {
  readonly #options: ClientOptions;
  #connection: Promise<Connection> | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  async balance(account: string): Promise<number> {
    const connection = await this.#connected();
    return Number(await connection.request("balance", { account }));
  }

  async post(account: string, cents: number): Promise<void> {
    const connection = await this.#connected();
    await connection.request("post", { account, cents });
  }

  async close(): Promise<void> {
    const connection = await this.#connection;
    this.#connection = undefined;
    connection?.close();
    this.#options.onClose?.(this.#options.address);
  }

  #connected(): Promise<Connection> {
    this.#connection ??= this.#dial();
    return this.#connection;
  }

  async #dial(): Promise<Connection> {
    try {
      return await this.#options.dial(this.#options.address);
    } catch (error) {
      // The next caller tries anew.
      this.#connection = undefined;
      throw error;
    }
  }
}
