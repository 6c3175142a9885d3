export type Status = "here" | "away";

export interface Directory {
  update(changes: ReadonlyMap<string, Status>): Promise<void>;
}

/** Gathers who came and who left, and tells the directory now and then. */
export class PresenceBoard {
  readonly #directory: Directory;
  readonly #changes = new Map<string, Status>();
  #told = 0;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  get told(): number {
    return this.#told;
  }

  set(person: string, status: Status): void {
    this.#changes.set(person, status);
  }

  async tell(): Promise<void> {
    if (this.#changes.size === 0) return;
    await this.#directory.update(new Map(this.#changes));
    this.#changes.clear();
    this.#told++;
  }
}
