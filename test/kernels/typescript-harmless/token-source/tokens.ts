export interface Grant {
  readonly token: string;
  readonly lifetime: number;
}

export interface TokenSourceOptions {
  readonly request: (scope: string) => Promise<Grant>;
  readonly margin?: number;
  readonly now?: () => number;
}

interface Held {
  readonly token: string;
  readonly expires: number;
}

/** Bearer tokens for the storage API, one per scope. */
export class TokenSource {
  readonly #request: (scope: string) => Promise<Grant>;
  readonly #margin: number;
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();
  readonly #requests = new Map<string, Promise<Held>>();

  constructor({ request, margin = 5_000, now = Date.now }: TokenSourceOptions) {
    this.#request = request;
    this.#margin = margin;
    this.#now = now;
  }

  async token(scope: string): Promise<string> {
    const held = this.#held.get(scope);
    if (held && held.expires - this.#margin > this.#now()) return held.token;
    const { token } = await this.#renewed(scope);
    return token;
  }

  async headers(scope: string): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.token(scope)}` };
  }

  #renewed(scope: string): Promise<Held> {
    const running = this.#requests.get(scope);
    if (running) return running;
    const request = this.#renew(scope).finally(() => this.#requests.delete(scope));
    this.#requests.set(scope, request);
    return request;
  }

  async #renew(scope: string): Promise<Held> {
    const { token, lifetime } = await this.#request(scope);
    const held = { token, expires: this.#now() + lifetime * 1_000 };
    this.#held.set(scope, held);
    return held;
  }
}
