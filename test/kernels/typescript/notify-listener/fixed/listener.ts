export interface Subscription {
  close(): Promise<void>;
}

export interface Database {
  channelOf(schema: string): Promise<string>;
  listen(channel: string, heard: (payload: string) => void): Promise<Subscription>;
}

export interface ListenerOptions {
  readonly schema?: string;
  readonly warn?: (text: string, error: unknown) => void;
}

/** Wakes queues when the database says that there is work for them; without it they poll. */
export class NotifyListener {
  readonly #database: Database;
  readonly #options: ListenerOptions;
  readonly #queues = new Map<string, () => void>();
  #subscription: Subscription | undefined;
  #stopped = true;

  constructor(database: Database, options: ListenerOptions = {}) {
    this.#database = database;
    this.#options = options;
  }

  watch(queue: string, wake: () => void): void {
    this.#queues.set(queue, wake);
  }

  async start(): Promise<void> {
    if (!this.#stopped) return;
    this.#stopped = false;
    try {
      const channel = await this.#database.channelOf(this.#options.schema ?? "jobs");
      const subscription = await this.#database.listen(channel, (payload) => this.#wake(payload));
      if (this.#stopped) await subscription.close();
      else this.#subscription = subscription;
    } catch (error) {
      this.#options.warn?.("no notifications, polling only", error);
    }
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    await this.#subscription?.close();
    this.#subscription = undefined;
  }

  #wake(payload: string): void {
    const [queue] = payload.split(":");
    if (queue !== undefined) this.#queues.get(queue)?.();
  }
}
