export type Row = Record<string, string | number | null>;

export interface Cursor {
  next(count: number): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export interface Sink {
  /** False when it has enough for now. */
  write(line: string): boolean;
  /** Rejects when the reader is gone. */
  drained(): Promise<void>;
}

export interface FeedOptions {
  readonly batch?: number;
  readonly signal?: AbortSignal;
}

/** Writes a query's rows as lines of JSON, no faster than they are read. */
export class RowFeed {
  readonly #cursor: Cursor;
  readonly #batch: number;
  readonly #signal: AbortSignal | undefined;
  #rows = 0;

  constructor(cursor: Cursor, { batch = 100, signal }: FeedOptions = {}) {
    this.#cursor = cursor;
    this.#batch = batch;
    this.#signal = signal;
  }

  async writeTo(sink: Sink): Promise<number> {
    try {
      let rows = await this.#cursor.next(this.#batch);
      while (rows.length > 0) {
        for (const row of rows) await this.#write(sink, row);
        this.#signal?.throwIfAborted();
        rows = await this.#cursor.next(this.#batch);
      }
      return this.#rows;
    } finally {
      await this.#cursor.close();
    }
  }

  async #write(sink: Sink, row: Row): Promise<void> {
    this.#rows++;
    if (!sink.write(`${JSON.stringify(row)}\n`)) await sink.drained();
  }
}
