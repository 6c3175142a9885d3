export interface TileAddress {
  readonly layer: string;
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export interface TileCacheOptions<T> {
  readonly render: (address: TileAddress) => Promise<T>;
  readonly ttl?: number;
  readonly limit?: number;
  readonly now?: () => number;
}

interface Entry<T> {
  readonly value: T;
  readonly expires: number;
}

export interface TileStats {
  hits: number;
  misses: number;
}

/** Keeps rendered map tiles for a while; a tile takes the renderer seconds. */
export class TileCache<T> {
  readonly stats: TileStats = { hits: 0, misses: 0 };
  readonly #entries = new Map<string, Entry<T>>();
  readonly #rendering = new Map<string, Promise<T>>();
  readonly #render: (address: TileAddress) => Promise<T>;
  readonly #ttl: number;
  readonly #limit: number;
  readonly #now: () => number;

  constructor({ render, ttl = 60_000, limit = 500, now = Date.now }: TileCacheOptions<T>) {
    this.#render = render;
    this.#ttl = ttl;
    this.#limit = limit;
    this.#now = now;
  }

  async tile(address: TileAddress): Promise<T> {
    const key = keyOf(address);
    const cached = this.#fresh(key);
    if (cached) {
      this.stats.hits++;
      return cached.value;
    }
    this.stats.misses++;
    let rendering = this.#rendering.get(key);
    if (!rendering) {
      rendering = this.#fill(key, address).finally(() => this.#rendering.delete(key));
      this.#rendering.set(key, rendering);
    }
    return await rendering;
  }

  has(address: TileAddress): boolean {
    return this.#fresh(keyOf(address)) !== undefined;
  }

  #fresh(key: string): Entry<T> | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.expires > this.#now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  async #fill(key: string, address: TileAddress): Promise<T> {
    const value = await this.#render(address);
    this.#keep(key, { value, expires: this.#now() + this.#ttl });
    return value;
  }

  #keep(key: string, entry: Entry<T>): void {
    this.#entries.set(key, entry);
    if (this.#entries.size <= this.#limit) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

function keyOf({ layer, zoom, x, y }: TileAddress): string {
  return `${layer}/${zoom}/${x}/${y}`;
}
