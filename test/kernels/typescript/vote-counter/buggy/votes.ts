export interface Ballot {
  readonly candidate: string;
  readonly voter: string;
}

export interface Register {
  /** How much a voter's voice counts. */
  weight(voter: string): Promise<number>;
}

/** Counts ballots as they come in from all counters. */
export class VoteCounter {
  readonly #register: Register;
  readonly #votes = new Map<string, number>();
  #ballots = 0;

  constructor(register: Register) {
    this.#register = register;
  }

  get ballots(): number {
    return this.#ballots;
  }

  of(candidate: string): number {
    return this.#votes.get(candidate) ?? 0;
  }

  async count({ candidate, voter }: Ballot): Promise<void> {
    this.#ballots++;
    const before = this.#votes.get(candidate) ?? 0;
    const weight = await this.#register.weight(voter);
    this.#votes.set(candidate, before + weight);
  }
}
