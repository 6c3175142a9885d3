export interface SearchSession {
  query(text: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export type OpenSession = (endpoint: string) => Promise<SearchSession>;

/** Searches one endpoint; the session is opened for the first query and kept. */
export class SearchClient {
  readonly #open: OpenSession;
  readonly #endpoint: string;
  #session: Promise<SearchSession> | undefined;
  #queries = 0;

  constructor(open: OpenSession, endpoint: string) {
    this.#open = open;
    this.#endpoint = endpoint;
  }

  get queries(): number {
    return this.#queries;
  }

  async search(text: string): Promise<readonly string[]> {
    this.#queries++;
    this.#session ??= this.#open(this.#endpoint).catch((error: unknown) => {
      this.#session = undefined;
      throw error;
    });
    const session = await this.#session;
    return await session.query(text);
  }
}
