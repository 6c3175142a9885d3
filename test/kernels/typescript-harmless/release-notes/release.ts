export interface Commit {
  readonly sha: string;
  readonly subject: string;
}

export interface Repository {
  log(from: string, to: string): Promise<readonly Commit[]>;
  tag(name: string, sha: string): Promise<void>;
}

export interface Tracker {
  titles(numbers: readonly number[]): Promise<ReadonlyMap<number, string>>;
}

export interface ReleaseOptions {
  readonly repository: Repository;
  readonly tracker: Tracker;
  readonly notify?: (version: string) => Promise<void>;
  readonly log: (message: string, error: unknown) => void;
}

/** `release notes`: the changes since the last version, with the titles of their issues. */
export class ReleaseNotes {
  readonly #options: ReleaseOptions;

  constructor(options: ReleaseOptions) {
    this.#options = options;
  }

  async publish(last: string, version: string, known: readonly number[]): Promise<string> {
    const { repository, tracker } = this.#options;
    const titles = tracker.titles(known).catch((error: unknown) => {
      this.#options.log("no titles", error);
      return new Map<number, string>();
    });
    const commits = await repository.log(last, "HEAD");
    const [newest] = commits;
    if (!newest) throw new Error(`nothing changed since ${last}`);
    const text = this.#render(commits, await titles);
    await repository.tag(version, newest.sha);
    void this.#announce(version);
    return text;
  }

  async #announce(version: string): Promise<void> {
    try {
      await this.#options.notify?.(version);
    } catch (error) {
      this.#options.log(`${version} was not announced`, error);
    }
  }

  #render(commits: readonly Commit[], titles: ReadonlyMap<number, string>): string {
    return commits
      .map(({ subject }) => {
        const number = Number(/#(\d+)/.exec(subject)?.[1] ?? 0);
        return `* ${titles.get(number) ?? subject}`;
      })
      .join("\n");
  }
}
