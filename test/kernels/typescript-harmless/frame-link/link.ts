export interface Frame {
  readonly id: number;
  readonly ok: boolean;
  readonly body: unknown;
}

export interface Port {
  post(frame: { id: number; method: string; params: unknown }): void;
  onFrame(listener: (frame: Frame) => void): () => void;
  onClose(listener: () => void): () => void;
}

export interface LinkOptions {
  readonly timeout?: number;
}

interface Waiting {
  readonly resolve: (body: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** Requests and answers over a message port to the host page. */
export class FrameLink {
  readonly #port: Port;
  readonly #timeout: number;
  readonly #waiting = new Map<number, Waiting>();
  readonly #unsubscribe: (() => void)[];
  #lastId = 0;
  #closed = false;

  constructor(port: Port, { timeout = 10_000 }: LinkOptions = {}) {
    this.#port = port;
    this.#timeout = timeout;
    this.#unsubscribe = [
      port.onFrame((frame) => this.#answer(frame)),
      port.onClose(() => this.close(new Error("the port was closed"))),
    ];
  }

  request<T>(method: string, params: unknown): Promise<T> {
    if (this.#closed) return Promise.reject(new Error("the link is closed"));
    const id = ++this.#lastId;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`${method} was not answered`));
      }, this.#timeout);
      this.#waiting.set(id, { resolve: (body) => resolve(body as T), reject, timer });
      this.#port.post({ id, method, params });
    });
  }

  close(reason = new Error("the link was closed")): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#waiting.clear();
  }

  #answer({ id, ok, body }: Frame): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (ok) waiting.resolve(body);
    else waiting.reject(new Error(String(body)));
  }
}
