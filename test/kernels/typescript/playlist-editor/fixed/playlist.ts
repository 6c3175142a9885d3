export interface Track {
  readonly id: string;
  readonly title: string;
}

export interface PlaylistStore {
  removeTrack(playlist: string, track: string): Promise<void>;
}

/** The tracks of one playlist, as they are shown; the store is told of each change first. */
export class PlaylistEditor {
  readonly #store: PlaylistStore;
  readonly #name: string;
  readonly #tracks: Track[];
  #changes = 0;

  constructor(store: PlaylistStore, name: string, tracks: readonly Track[]) {
    this.#store = store;
    this.#name = name;
    this.#tracks = [...tracks];
  }

  get titles(): string[] {
    return this.#tracks.map(({ title }) => title);
  }

  get changes(): number {
    return this.#changes;
  }

  async remove(id: string): Promise<boolean> {
    if (!this.#tracks.some((track) => track.id === id)) return false;
    await this.#store.removeTrack(this.#name, id);
    const index = this.#tracks.findIndex((track) => track.id === id);
    if (index === -1) return false;
    this.#tracks.splice(index, 1);
    this.#changes++;
    return true;
  }

  move(id: string, to: number): void {
    const from = this.#tracks.findIndex((track) => track.id === id);
    const [track] = from === -1 ? [] : this.#tracks.splice(from, 1);
    if (track) this.#tracks.splice(to, 0, track);
  }
}
