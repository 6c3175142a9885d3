export interface Reply {
  readonly status: number;
  readonly body: string;
}

export interface Transport {
  request(path: string, signal: AbortSignal): Promise<Reply>;
}

export interface ClientOptions {
  readonly transport: Transport;
  readonly timeout?: number;
  readonly retries?: number;
}

export class DeadlineError extends Error {
  constructor(path: string, timeout: number) {
    super(`${path} took longer than ${timeout} ms`);
  }
}

/** Asks a service within a time limit, again if it answers with a server error. */
export class DeadlineClient {
  readonly #transport: Transport;
  readonly #timeout: number;
  readonly #retries: number;

  constructor({ transport, timeout = 30_000, retries = 2 }: ClientOptions) {
    this.#transport = transport;
    this.#timeout = timeout;
    this.#retries = retries;
  }

  async get(path: string): Promise<Reply> {
    let reply = await this.#attempt(path);
    for (let left = this.#retries; left > 0 && reply.status >= 500; left--) {
      reply = await this.#attempt(path);
    }
    return reply;
  }

  async #attempt(path: string): Promise<Reply> {
    const abort = new AbortController();
    const deadline = this.#deadline(path, abort);
    return await Promise.race([this.#transport.request(path, abort.signal), deadline]);
  }

  #deadline(path: string, abort: AbortController): Promise<never> {
    return new Promise((_, reject) => {
      setTimeout(() => {
        const error = new DeadlineError(path, this.#timeout);
        abort.abort(error);
        reject(error);
      }, this.#timeout);
    });
  }
}
