import { Refusal } from "./refusal.ts";

/** So many writes in so many seconds are taken; GitHub takes eighty that make content in sixty. */
export interface SecondaryLimit {
  readonly writes: number;
  readonly seconds: number;
}

/** Counts an App's writes, and refuses those beyond the limit as GitHub does; a refused one is not counted. */
export class WriteCounter {
  #taken: number[] = [];

  /** Throws the refusal. */
  count({ writes, seconds }: SecondaryLimit, now: number = Date.now()): void {
    const window = 1_000 * seconds;
    this.#taken = this.#taken.filter((at) => now - at < window);
    const [oldest] = this.#taken;
    if (oldest !== undefined && this.#taken.length >= writes) {
      const wait = Math.ceil((oldest + window - now) / 1_000);
      throw new Refusal(403, "You have exceeded a secondary rate limit.", {
        "retry-after": String(wait),
      });
    }
    this.#taken.push(now);
  }
}
