import { EventEmitter } from "node:events";

export interface BrokerMessage {
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

export interface Coordinator {
  commit(group: string, partition: number, offset: number): Promise<void>;
}

export interface CommitterOptions {
  readonly group: string;
  readonly handler: (message: BrokerMessage) => Promise<void>;
}

/** Hands the messages of a consumer to a handler and commits what was handled. Emits "failure" and "committed". */
export class OffsetCommitter extends EventEmitter {
  readonly #consumer: EventEmitter;
  readonly #coordinator: Coordinator;
  readonly #options: CommitterOptions;
  #last: Promise<void> = Promise.resolve();
  readonly #onMessage = (message: BrokerMessage): void => {
    this.#last = this.#last
      .then(() => this.#handle(message))
      .catch((error: unknown) => {
        this.emit("failure", error, message);
      });
  };

  constructor(consumer: EventEmitter, coordinator: Coordinator, options: CommitterOptions) {
    super();
    this.#consumer = consumer;
    this.#coordinator = coordinator;
    this.#options = options;
  }

  start(): void {
    this.#consumer.on("message", this.#onMessage);
  }

  stop(): void {
    this.#consumer.off("message", this.#onMessage);
  }

  async #handle(message: BrokerMessage): Promise<void> {
    await this.#options.handler(message);
    await this.#commit(message);
  }

  async #commit({ partition, offset }: BrokerMessage): Promise<void> {
    await this.#coordinator.commit(this.#options.group, partition, offset + 1);
    this.emit("committed", partition, offset);
  }
}
