export interface Migration {
  readonly name: string;
  apply(tenant: string): Promise<void>;
}

export interface TenantLock {
  acquire(tenant: string): Promise<void>;
  release(tenant: string): void;
}

/** Brings tenants up to date, one run a tenant at a time. */
export class TenantMigrations {
  readonly #migrations: readonly Migration[];
  readonly #lock: TenantLock;

  constructor(migrations: readonly Migration[], lock: TenantLock) {
    this.#migrations = migrations;
    this.#lock = lock;
  }

  async upgrade(tenant: string, from = 0): Promise<number> {
    await this.#lock.acquire(tenant);
    try {
      return await this.#applyFrom(tenant, from);
    } finally {
      this.#lock.release(tenant);
    }
  }

  async #applyFrom(tenant: string, from: number): Promise<number> {
    for (const migration of this.#migrations.slice(from)) await migration.apply(tenant);
    return this.#migrations.length;
  }
}
