export interface Connection {
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  release(): void;
}

export interface ConnectionPool {
  connect(): Promise<Connection>;
}

export class TenantError extends Error {
  constructor(
    readonly tenant: string,
    override readonly cause: unknown,
  ) {
    super(`the query of ${tenant} failed`);
  }
}

/** Runs queries with the search path of a tenant. */
export class Tenants {
  readonly #pool: ConnectionPool;
  readonly #schemas = new Map<string, string>();

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  register(tenant: string, schema: string): void {
    this.#schemas.set(tenant, schema);
  }

  async rows(tenant: string, text: string): Promise<readonly Record<string, unknown>[]> {
    const schema = this.#schemas.get(tenant);
    if (schema === undefined) throw new TenantError(tenant, "unknown tenant");
    const connection = await this.#pool.connect();
    try {
      await connection.query("SELECT set_config('search_path', $1, false)", [schema]);
      return await connection.query(text);
    } catch (error) {
      throw new TenantError(tenant, error);
    } finally {
      connection.release();
    }
  }
}
