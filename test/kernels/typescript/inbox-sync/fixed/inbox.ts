export interface Letter {
  readonly id: string;
  readonly subject: string;
}

export interface PostOffice {
  lettersSince(id: string | undefined): Promise<readonly Letter[]>;
}

/** A local copy of an inbox; whoever opens it asks for a synchronisation, and one at a time is enough. */
export class Inbox {
  readonly #office: PostOffice;
  readonly #letters: Letter[] = [];
  #isSyncing = false;

  constructor(office: PostOffice) {
    this.#office = office;
  }

  get subjects(): string[] {
    return this.#letters.map(({ subject }) => subject);
  }

  async sync(): Promise<void> {
    if (this.#isSyncing) return;
    this.#isSyncing = true;
    try {
      const letters = await this.#office.lettersSince(this.#letters.at(-1)?.id);
      this.#letters.push(...letters);
    } finally {
      this.#isSyncing = false;
    }
  }
}
