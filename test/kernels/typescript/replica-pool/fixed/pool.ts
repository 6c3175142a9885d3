export interface Connection {
  readonly id: number;
  query(text: string): Promise<readonly unknown[]>;
}

export interface SessionSettings {
  readonly schema?: string;
  readonly readOnly?: boolean;
  readonly timeout?: number;
}

type Waiter = (connection: Connection) => void;

/** A few connections to a read replica, shared by all requests. */
export class ReplicaPool {
  readonly #idle: Connection[];
  readonly #waiters: Waiter[] = [];

  constructor(connections: readonly Connection[]) {
    this.#idle = [...connections];
  }

  get idle(): number {
    return this.#idle.length;
  }

  async use<T>(settings: SessionSettings, work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.#take();
    try {
      await this.#prepare(connection, settings);
      return await work(connection);
    } finally {
      this.#giveBack(connection);
    }
  }

  async #prepare(connection: Connection, settings: SessionSettings): Promise<void> {
    const { schema = "public", readOnly = true, timeout = 30_000 } = settings;
    await connection.query(`SET search_path TO ${schema}`);
    await connection.query(`SET statement_timeout = ${timeout}`);
    if (readOnly) await connection.query("SET default_transaction_read_only = on");
  }

  #take(): Promise<Connection> {
    const connection = this.#idle.pop();
    if (connection) return Promise.resolve(connection);
    return new Promise((resolve) => this.#waiters.push(resolve));
  }

  #giveBack(connection: Connection): void {
    const next = this.#waiters.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }
}
