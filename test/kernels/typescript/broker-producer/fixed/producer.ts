import { EventEmitter } from "node:events";

export interface Channel {
  publish(topic: string, bodies: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface ProducerOptions {
  readonly topic: string;
  readonly batchSize?: number;
  readonly encode?: (message: unknown) => string;
}

export class ProducerClosedError extends Error {
  constructor(topic: string) {
    super(`the producer for ${topic} is closed`);
  }
}

/** Collects messages and publishes them in batches. */
export class Producer extends EventEmitter {
  readonly #channel: Channel;
  readonly #topic: string;
  readonly #batchSize: number;
  readonly #encode: (message: unknown) => string;
  readonly #publishing = new Set<Promise<void>>();
  #buffer: string[] = [];
  #closed = false;

  constructor(channel: Channel, { topic, batchSize = 100, encode = JSON.stringify }: ProducerOptions) {
    super();
    this.#channel = channel;
    this.#topic = topic;
    this.#batchSize = batchSize;
    this.#encode = encode;
  }

  get isOpen(): boolean {
    return !this.#closed;
  }

  async send(message: unknown): Promise<void> {
    if (!this.isOpen) throw new ProducerClosedError(this.#topic);
    this.#buffer.push(this.#encode(message));
    if (this.#buffer.length >= this.#batchSize) await this.flush();
  }

  async flush(): Promise<void> {
    const batch = this.#buffer;
    if (batch.length === 0) return;
    this.#buffer = [];
    const published = this.#channel.publish(this.#topic, batch);
    this.#publishing.add(published);
    try {
      await published;
    } finally {
      this.#publishing.delete(published);
    }
    this.emit("flushed", batch.length);
  }

  async close(): Promise<void> {
    if (!this.isOpen) return;
    this.#closed = true;
    await this.flush();
    await Promise.allSettled(this.#publishing);
    await this.#disconnect();
  }

  async #disconnect(): Promise<void> {
    await this.#channel.close();
    this.emit("closed");
  }
}
