export interface JournalFile {
  append(line: string): Promise<number>;
  truncate(): Promise<void>;
}

export interface JournalOptions {
  readonly file: JournalFile;
  readonly largest?: number;
  readonly onError?: (error: unknown) => void;
}

type Task<T> = () => Promise<T>;

/** Appends to a journal, one entry after the other. */
export class JournalWriter {
  readonly #file: JournalFile;
  readonly #largest: number;
  readonly #onError: (error: unknown) => void;
  #last: Promise<unknown> = Promise.resolve();
  #size = 0;
  #entries = 0;

  constructor({ file, largest = 1 << 20, onError = () => {} }: JournalOptions) {
    this.#file = file;
    this.#largest = largest;
    this.#onError = onError;
  }

  get size(): number {
    return this.#size;
  }

  append(entry: unknown): Promise<number> {
    const line = `${JSON.stringify(entry)}\n`;
    return this.#inTurn(() => this.#write(line));
  }

  compact(): Promise<void> {
    return this.#inTurn(() => this.#restart());
  }

  async close(): Promise<void> {
    await this.#last;
  }

  async #write(line: string): Promise<number> {
    if (this.#size + line.length > this.#largest) await this.#restart();
    this.#size += await this.#file.append(line);
    return ++this.#entries;
  }

  async #restart(): Promise<void> {
    await this.#file.truncate();
    this.#size = 0;
    this.#entries = 0;
  }

  #inTurn<T>(task: Task<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch((error: unknown) => this.#onError(error));
    return result;
  }
}
