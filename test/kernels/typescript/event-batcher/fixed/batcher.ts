export interface TrackedEvent {
  readonly name: string;
  readonly at: number;
}

export interface Collector {
  ingest(events: readonly TrackedEvent[]): Promise<void>;
}

export interface BatcherOptions {
  readonly maxBatch?: number;
  readonly clock?: () => number;
}

/** Collects events and hands them on in batches; whoever stops the program calls flush once more. */
export class EventBatcher {
  readonly #collector: Collector;
  readonly #maxBatch: number;
  readonly #clock: () => number;
  #pending: TrackedEvent[] = [];
  #delivered = 0;

  constructor(collector: Collector, { maxBatch = 100, clock = Date.now }: BatcherOptions = {}) {
    this.#collector = collector;
    this.#maxBatch = maxBatch;
    this.#clock = clock;
  }

  get delivered(): number {
    return this.#delivered;
  }

  track(name: string): void {
    this.#pending.push({ name, at: this.#clock() });
    if (this.#pending.length >= this.#maxBatch) {
      this.flush().catch((error: unknown) => console.error("events were not delivered", error));
    }
  }

  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const batch = this.#pending;
    this.#pending = [];
    await this.#collector.ingest(batch);
    this.#delivered += batch.length;
  }
}
