export interface Article {
  readonly slug: string;
  readonly title: string;
  readonly html: string;
}

export interface ArticleApi {
  article(slug: string, signal: AbortSignal): Promise<Article>;
}

export type ArticleState =
  | { readonly kind: "empty" }
  | { readonly kind: "loading"; readonly slug: string }
  | { readonly kind: "shown"; readonly article: Article }
  | { readonly kind: "failed"; readonly slug: string; readonly reason: string };

type Listener = (state: ArticleState) => void;

/** What the reading pane shows. */
export class ArticleView {
  readonly #api: ArticleApi;
  readonly #listeners = new Set<Listener>();
  #state: ArticleState = { kind: "empty" };
  #loading: AbortController | undefined;

  constructor(api: ArticleApi) {
    this.#api = api;
  }

  get state(): ArticleState {
    return this.#state;
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async open(slug: string): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#show({ kind: "loading", slug });
    try {
      const article = await this.#api.article(slug, loading.signal);
      if (this.#loading !== loading) return;
      this.#show({ kind: "shown", article });
    } catch (error) {
      if (this.#loading !== loading) return;
      this.#show({ kind: "failed", slug, reason: String(error) });
    }
  }

  close(): void {
    this.#loading?.abort();
    this.#loading = undefined;
    this.#show({ kind: "empty" });
  }

  #show(state: ArticleState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
