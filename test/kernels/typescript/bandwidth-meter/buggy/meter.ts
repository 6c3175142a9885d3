export interface Download {
  readonly url: string;
  readonly status: number;
  body(): Promise<Uint8Array>;
}

export interface Http {
  get(url: string, headers?: Record<string, string>): Promise<Download>;
}

export interface Usage {
  requests: number;
  bytes: number;
  failures: number;
}

export interface MeterOptions {
  readonly http: Http;
  readonly agent?: string;
  readonly onOverrun?: (usage: Readonly<Usage>) => void;
  readonly allowance?: number;
}

/** An HTTP client that knows how much of the month's allowance is used up. */
export class MeteredClient {
  readonly #http: Http;
  readonly #agent: string;
  readonly #allowance: number;
  readonly #onOverrun: ((usage: Readonly<Usage>) => void) | undefined;
  #usage: Usage = { requests: 0, bytes: 0, failures: 0 };

  constructor({ http, agent = "metered/1", allowance = Infinity, onOverrun }: MeterOptions) {
    this.#http = http;
    this.#agent = agent;
    this.#allowance = allowance;
    this.#onOverrun = onOverrun;
  }

  get usage(): Readonly<Usage> {
    return { ...this.#usage };
  }

  async mirror(urls: readonly [string, string]): Promise<void> {
    const [manifest, archive] = urls;
    await Promise.all([this.#fetch(manifest), this.#fetch(archive)]);
    this.#checkAllowance();
  }

  reset(): void {
    this.#usage = { requests: 0, bytes: 0, failures: 0 };
  }

  async #fetch(url: string): Promise<void> {
    this.#usage.requests++;
    const download = await this.#http.get(url, { "user-agent": this.#agent });
    if (download.status >= 400) {
      this.#usage.failures++;
      return;
    }
    this.#usage.bytes += await this.#lengthOf(download);
  }

  async #lengthOf(download: Download): Promise<number> {
    const { byteLength } = await download.body();
    return byteLength;
  }

  #checkAllowance(): void {
    if (this.#usage.bytes > this.#allowance) this.#onOverrun?.(this.usage);
  }
}
