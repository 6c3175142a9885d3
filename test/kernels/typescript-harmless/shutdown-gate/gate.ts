import { EventEmitter } from "node:events";

export interface Listening {
  close(): Promise<void>;
}

export type Handler<Q, A> = (request: Q) => Promise<A>;

export class ShuttingDown extends Error {
  constructor() {
    super("the server is shutting down");
  }
}

/** Lets running requests end before the server stops. Emits "idle" whenever there are none. */
export class ShutdownGate extends EventEmitter {
  readonly #server: Listening;
  #running = 0;
  #stopping: Promise<void> | undefined;

  constructor(server: Listening) {
    super();
    this.#server = server;
  }

  guard<Q, A>(handler: Handler<Q, A>): Handler<Q, A> {
    return async (request) => {
      if (this.#stopping) throw new ShuttingDown();
      this.#running++;
      try {
        return await handler(request);
      } finally {
        this.#running--;
        if (this.#running === 0) this.emit("idle");
      }
    };
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.#idle();
    await this.#server.close();
  }

  #idle(): Promise<void> {
    if (this.#running === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.once("idle", () => resolve());
    });
  }
}
