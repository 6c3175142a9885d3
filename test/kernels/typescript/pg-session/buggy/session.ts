import { EventEmitter } from "node:events";

export interface Wire {
  send(text: string, values: readonly unknown[]): Promise<readonly Row[]>;
  end(): Promise<void>;
}

export type Row = Record<string, unknown>;

export interface SessionOptions {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly applicationName?: string;
  readonly dial: (host: string) => Promise<Wire>;
}

export interface QueryResult<R> {
  readonly rows: readonly R[];
  readonly rowCount: number;
}

/** One session with the server, opened by the first query. Emits "connect" and "end". */
export class PgSession extends EventEmitter {
  readonly #options: SessionOptions;
  #wire: Wire | undefined;

  constructor(options: SessionOptions) {
    super();
    this.#options = options;
  }

  async query<R extends Row>(text: string, values: readonly unknown[] = []): Promise<QueryResult<R>> {
    const wire = await this.#connected();
    const rows = (await wire.send(text, values)) as readonly R[];
    return { rows, rowCount: rows.length };
  }

  async end(): Promise<void> {
    const wire = this.#wire;
    this.#wire = undefined;
    if (!wire) return;
    await wire.end();
    this.emit("end");
  }

  async #connected(): Promise<Wire> {
    if (this.#wire) return this.#wire;
    return await this.#connect();
  }

  async #connect(): Promise<Wire> {
    const { host, applicationName = "node" } = this.#options;
    const wire = await this.#options.dial(host);
    await this.#authenticate(wire);
    await wire.send("SET application_name = $1", [applicationName]);
    this.#adopt(wire);
    return wire;
  }

  async #authenticate(wire: Wire): Promise<void> {
    const { user, password } = this.#options;
    const [answer] = await wire.send("AUTH", [user, password]);
    if (answer?.["ok"] !== true) throw new Error(`password authentication failed for ${user}`);
  }

  #adopt(wire: Wire): void {
    this.#wire = wire;
    this.emit("connect");
  }
}
