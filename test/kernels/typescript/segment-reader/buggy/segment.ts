export interface FileHandle {
  read(position: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export interface SegmentRecord {
  readonly offset: number;
  readonly payload: Uint8Array;
}

export interface SegmentOptions {
  readonly baseOffset: number;
  readonly onCorrupt?: (position: number) => void;
}

const HEADER = 4;
const LONGEST = 1 << 20;

/** Reads records of one log segment; retention closes it when its time has come. */
export class SegmentReader {
  readonly #handle: FileHandle;
  readonly #baseOffset: number;
  readonly #onCorrupt: ((position: number) => void) | undefined;
  #closed = false;

  constructor(handle: FileHandle, { baseOffset, onCorrupt }: SegmentOptions) {
    this.#handle = handle;
    this.#baseOffset = baseOffset;
    this.#onCorrupt = onCorrupt;
  }

  async record(position: number): Promise<SegmentRecord | undefined> {
    this.#assertOpen();
    return await this.#readRecord(position);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
  }

  async #readRecord(position: number): Promise<SegmentRecord | undefined> {
    const length = await this.#lengthAt(position);
    if (length === 0 || length > LONGEST) {
      this.#onCorrupt?.(position);
      return undefined;
    }
    const payload = await this.#handle.read(position + HEADER, length);
    return { offset: this.#baseOffset + position, payload };
  }

  async #lengthAt(position: number): Promise<number> {
    const header = await this.#handle.read(position, HEADER);
    return new DataView(header.buffer, header.byteOffset).getUint32(0);
  }

  #assertOpen(): void {
    if (this.#closed) throw new Error("the segment is closed");
  }
}
