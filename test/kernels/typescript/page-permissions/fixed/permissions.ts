export interface Page {
  readonly title: string;
  readonly owner: string;
}

export interface Policy {
  mayRead(user: string, page: Page): Promise<boolean>;
}

/** The pages that a user may see, in the order in which they were given. */
export class PageFilter {
  readonly #policy: Policy;
  #asked = 0;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  get asked(): number {
    return this.#asked;
  }

  async visible(user: string, pages: readonly Page[]): Promise<readonly Page[]> {
    const answers = await Promise.all(
      pages.map(async (page) => {
        this.#asked++;
        return page.owner === user || (await this.#policy.mayRead(user, page));
      }),
    );
    return pages.filter((_, index) => answers[index]);
  }
}
