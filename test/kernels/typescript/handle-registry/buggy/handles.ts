/** Where accounts are kept for good. */
export interface AccountTable {
  insert(account: Account): Promise<void>;
}

export interface Account {
  readonly handle: string;
  readonly owner: string;
  readonly createdAt: number;
}

export class HandleTaken extends Error {
  constructor(handle: string) {
    super(`@${handle} is taken`);
  }
}

const HANDLE = /^[a-z0-9_]{2,30}$/;

/** Handles of this instance, by their normal form; read from the table at start. */
export class HandleRegistry {
  readonly #table: AccountTable;
  readonly #accounts = new Map<string, Account>();

  constructor(table: AccountTable, known: readonly Account[] = []) {
    this.#table = table;
    for (const account of known) this.#accounts.set(account.handle, account);
  }

  ownerOf(handle: string): string | undefined {
    return this.#accounts.get(normal(handle))?.owner;
  }

  async claim(wanted: string, owner: string): Promise<Account> {
    const handle = normal(wanted);
    if (!HANDLE.test(handle)) throw new TypeError(`${wanted} is no handle`);
    if (this.#accounts.has(handle)) throw new HandleTaken(handle);
    const account: Account = { handle, owner, createdAt: Date.now() };
    await this.#table.insert(account);
    this.#accounts.set(handle, account);
    return account;
  }
}

function normal(handle: string): string {
  return handle.trim().replace(/^@/, "").toLowerCase();
}
