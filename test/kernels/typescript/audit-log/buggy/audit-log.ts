export interface Lock {
  acquire(): Promise<() => void>;
}

export interface Disk {
  append(path: string, line: string): Promise<void>;
}

export interface Entry {
  readonly actor: string;
  readonly action: string;
  readonly at: number;
}

/** The audit log: one line an entry, written one after the other. */
export class AuditLog {
  readonly #path: string;
  readonly #disk: Disk;
  readonly #mutex: Lock;
  #written = 0;

  constructor(path: string, disk: Disk, mutex: Lock) {
    this.#path = path;
    this.#disk = disk;
    this.#mutex = mutex;
  }

  get written(): number {
    return this.#written;
  }

  async record(entry: Entry): Promise<void> {
    const line = `${JSON.stringify(entry)}\n`;
    const release = await this.#mutex.acquire();
    await this.#disk.append(this.#path, line);
    this.#written++;
    release();
  }
}
