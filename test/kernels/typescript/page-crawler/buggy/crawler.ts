export interface Page {
  readonly url: string;
  readonly html: string;
}

export interface Loader {
  load(url: string): Promise<Page>;
}

export interface CrawlOptions {
  readonly limit?: number;
  readonly signal?: AbortSignal;
  readonly onPage?: (page: Page) => void;
}

const LINK = /href="([^"#]+)"/g;

/** Follows the links of a site until there are none or somebody has had enough. */
export class PageCrawler {
  readonly #loader: Loader;
  readonly #site: string;

  constructor(loader: Loader, site: string) {
    this.#loader = loader;
    this.#site = site;
  }

  async crawl(start: string, { limit = 100, signal, onPage }: CrawlOptions = {}): Promise<string[]> {
    const seen = new Set([start]);
    const queue = [start];
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      signal?.throwIfAborted();
      const page = await this.#load(url, signal);
      onPage?.(page);
      for (const link of this.#linksOf(page)) {
        if (seen.size >= limit || seen.has(link)) continue;
        seen.add(link);
        queue.push(link);
      }
    }
    return [...seen];
  }

  #load(url: string, signal: AbortSignal | undefined): Promise<Page> {
    if (!signal) return this.#loader.load(url);
    return this.#abortable(this.#loader.load(url), signal);
  }

  #abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason);
      signal.addEventListener("abort", stop, { once: true });
      work.then(resolve, reject);
    });
  }

  #linksOf({ html }: Page): string[] {
    const links = [...html.matchAll(LINK)].map(([, link]) => new URL(link ?? "", this.#site).href);
    return links.filter((link) => link.startsWith(this.#site));
  }
}
