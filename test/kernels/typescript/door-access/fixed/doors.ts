export interface Badge {
  readonly holder: string;
  readonly number: string;
}

export interface BadgeStore {
  isBlocked(number: string): Promise<boolean>;
  doorsOf(holder: string): Promise<ReadonlySet<string>>;
}

export type Decision = "open" | "refused";

/** Decides whether a door opens for a badge. */
export class DoorControl {
  readonly #store: BadgeStore;
  readonly #refused: string[] = [];

  constructor(store: BadgeStore) {
    this.#store = store;
  }

  get refused(): readonly string[] {
    return this.#refused;
  }

  async decide(badge: Badge, door: string): Promise<Decision> {
    if (await this.#isKnown(badge, door)) return "open";
    this.#refused.push(badge.number);
    return "refused";
  }

  async #isKnown({ holder, number }: Badge, door: string): Promise<boolean> {
    if (await this.#store.isBlocked(number)) return false;
    return (await this.#store.doorsOf(holder)).has(door);
  }
}
