export interface Document {
  readonly id: string;
  readonly text: string;
}

export interface Source {
  pages(): Promise<number>;
  page(number: number): Promise<readonly Document[]>;
}

export interface IndexOptions {
  readonly parallel?: number;
  readonly stopWords?: readonly string[];
}

/** A word index, complete before anybody gets hold of it. */
export class SearchIndex {
  readonly #words = new Map<string, Set<string>>();
  readonly #stopWords: ReadonlySet<string>;
  #documents = 0;

  private constructor(stopWords: readonly string[]) {
    this.#stopWords = new Set(stopWords);
  }

  static async build(source: Source, options: IndexOptions = {}): Promise<SearchIndex> {
    const { parallel = 4, stopWords = [] } = options;
    const index = new SearchIndex(stopWords);
    const count = await source.pages();
    let next = 0;
    const load = async (): Promise<void> => {
      while (next < count) {
        const page = next++;
        for (const document of await source.page(page)) index.#add(document);
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallel, count) }, () => load()));
    return index;
  }

  get size(): number {
    return this.#documents;
  }

  find(word: string): string[] {
    return [...(this.#words.get(word.toLowerCase()) ?? [])];
  }

  #add({ id, text }: Document): void {
    this.#documents++;
    for (const [match] of text.toLowerCase().matchAll(/\p{L}+/gu)) {
      if (this.#stopWords.has(match)) continue;
      const ids = this.#words.get(match);
      if (ids) ids.add(id);
      else this.#words.set(match, new Set([id]));
    }
  }
}
