export interface Decoder {
  readonly width: number;
  readonly height: number;
  scale(width: number, height: number): Promise<Uint8Array>;
  free(): void;
}

export interface ThumbnailOptions {
  /** A decoder holds the whole picture in memory. */
  readonly decode: (file: string) => Promise<Decoder>;
  readonly store: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly edge?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ThumbnailResult {
  readonly file: string;
  readonly error?: unknown;
}

/** Makes the thumbnails of an album after an upload. */
export class ThumbnailBatch {
  readonly #options: ThumbnailOptions;
  readonly #edge: number;

  constructor(options: ThumbnailOptions) {
    this.#options = options;
    this.#edge = options.edge ?? 200;
  }

  async run(files: readonly string[]): Promise<ThumbnailResult[]> {
    const pending = [...new Set(files)].filter((file) => /\.(jpe?g|png|webp)$/i.test(file));
    const total = pending.length;
    const results: ThumbnailResult[] = [];
    const work = async () => {
      for (let file = pending.shift(); file !== undefined; file = pending.shift()) {
        const result = await this.#make(file);
        results.push(result);
        this.#options.onProgress?.(results.length, total);
      }
    };
    await Promise.all([work(), work()]);
    return results;
  }

  async #make(file: string): Promise<ThumbnailResult> {
    try {
      const bytes = await this.#scaled(file);
      await this.#options.store(file.replace(/\.\w+$/, ".thumb.webp"), bytes);
      return { file };
    } catch (error) {
      return { file, error };
    }
  }

  async #scaled(file: string): Promise<Uint8Array> {
    const decoder = await this.#options.decode(file);
    try {
      const ratio = this.#edge / Math.max(decoder.width, decoder.height);
      const [width, height] = [decoder.width, decoder.height].map((side) => Math.round(side * ratio));
      return await decoder.scale(width ?? 1, height ?? 1);
    } finally {
      decoder.free();
    }
  }
}
