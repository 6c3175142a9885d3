export interface Wire {
  send(frame: string): void;
}

export interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class RequestTimedOut extends Error {
  constructor(method: string, after: number) {
    super(`${method} had no answer after ${after} ms`);
  }
}

/** Requests and answers over one wire; answers find their request by its number. */
export class RpcLink {
  readonly #wire: Wire;
  readonly #timeout: number;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(wire: Wire, timeout = 5_000) {
    this.#wire = wire;
    this.#timeout = timeout;
  }

  get load(): number {
    return this.#waiting.size;
  }

  request(method: string, parameters: unknown): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new RequestTimedOut(method, this.#timeout));
      }, this.#timeout);
      this.#waiting.set(id, {
        resolve(result) {
          clearTimeout(timer);
          resolve(result);
        },
        reject(error) {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#wire.send(JSON.stringify({ id, method, parameters }));
    });
  }

  receive({ id, result, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error));
  }
}
