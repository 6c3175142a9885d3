export interface Session {
  readonly id: string;
  readonly user: string;
  readonly expires: number;
}

export interface SessionStore {
  expiredBefore(time: number): Promise<readonly Session[]>;
  remove(id: string): Promise<void>;
}

export interface SweeperOptions {
  readonly every?: number;
  readonly now?: () => number;
  /** Told once for every session, such as to bill what was used. */
  readonly onExpired: (session: Session) => Promise<void>;
  readonly onError?: (error: unknown) => void;
}

/** Ends sessions whose time is over. */
export class SessionSweeper {
  readonly #store: SessionStore;
  readonly #options: SweeperOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: SessionStore, options: SweeperOptions) {
    this.#store = store;
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#timer !== undefined;
  }

  start(): void {
    if (this.isRunning) return;
    const { every = 30_000 } = this.#options;
    this.#timer = setInterval(() => {
      void this.#tick();
    }, every);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #tick(): Promise<void> {
    try {
      await this.#sweep();
    } catch (error) {
      this.#options.onError?.(error);
    }
  }

  async #sweep(): Promise<void> {
    const { now = Date.now, onExpired } = this.#options;
    for (const session of await this.#store.expiredBefore(now())) {
      await onExpired(session);
      await this.#store.remove(session.id);
    }
  }
}
