export interface FeedItem {
  readonly id: string;
  readonly title: string;
}

export interface FeedSource {
  fetch(since: string | undefined): Promise<readonly FeedItem[]>;
}

export interface PollerOptions {
  readonly interval?: number;
  readonly longest?: number;
  readonly onItem: (item: FeedItem) => void;
  readonly onError?: (error: unknown) => void;
}

/** Asks a feed for what is new, slower after each failure, until it is stopped. */
export class FeedPoller {
  readonly #source: FeedSource;
  readonly #options: PollerOptions;
  readonly #seen = new Set<string>();
  #last: string | undefined;
  #failures = 0;
  #stopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: FeedSource, options: PollerOptions) {
    this.#source = source;
    this.#options = options;
  }

  async poll(): Promise<void> {
    try {
      this.#deliver(await this.#source.fetch(this.#last));
      this.#failures = 0;
    } catch (error) {
      this.#failures++;
      this.#options.onError?.(error);
    }
    if (this.#stopped) return;
    this.#timer = setTimeout(() => void this.poll(), this.#delay());
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  get isScheduled(): boolean {
    return this.#timer !== undefined;
  }

  #deliver(items: readonly FeedItem[]): void {
    for (const item of items) {
      if (this.#seen.has(item.id)) continue;
      this.#seen.add(item.id);
      this.#last = item.id;
      this.#options.onItem(item);
    }
  }

  #delay(): number {
    const { interval = 60_000, longest = 900_000 } = this.#options;
    return Math.min(longest, interval * 2 ** this.#failures);
  }
}
