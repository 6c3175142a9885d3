import { Transform, type Readable, type TransformCallback, type Writable } from "node:stream";

export interface BackupLog {
  info(message: string): void;
  warn(message: string, error: unknown): void;
}

export interface BackupTarget {
  create(name: string): Writable;
}

export interface BackupResult {
  readonly name: string;
  readonly bytes: number;
}

class Meter extends Transform {
  bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.byteLength;
    done(null, chunk);
  }
}

/** Writes dumps to the backup store, one after the other. */
export class BackupWriter {
  readonly #target: BackupTarget;
  readonly #log: BackupLog;

  constructor(target: BackupTarget, log: BackupLog) {
    this.#target = target;
    this.#log = log;
  }

  async write(name: string, dump: Readable): Promise<BackupResult> {
    const meter = new Meter();
    const file = this.#target.create(name);
    this.#watch(name, [dump, meter, file]);
    dump.pipe(meter).pipe(file);
    await this.#stored(file);
    this.#log.info(`${name} has ${meter.bytes} bytes`);
    return { name, bytes: meter.bytes };
  }

  #watch(name: string, streams: readonly (Readable | Writable)[]): void {
    for (const stream of streams) {
      stream.once("error", (error) => this.#log.warn(`${name} is incomplete`, error));
    }
  }

  #stored(file: Writable): Promise<void> {
    return new Promise((resolve) => {
      file.once("finish", () => resolve());
    });
  }
}
