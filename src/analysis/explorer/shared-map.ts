/**
 * A map that states share until one of them changes it: most steps of a search change nothing, or one entry. It knows a name
 * for what it holds, kept up at each change: equal for equal contents, and different for different ones but for a collision of
 * 64 bits of hash.
 */
export class SharedMap<V> {
  #entries: Map<string, V>;
  /** Others have the same entries: they are copied before a change. */
  #isShared = false;
  #high = 0;
  #low = 0;
  #content: string | undefined;

  constructor(entries: Map<string, V> = new Map()) {
    this.#entries = entries;
    for (const [key, value] of entries) this.#count(key, value, 1);
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The name of what is held. */
  get content(): string {
    this.#content ??= this.#entries.size === 0 ? "" : `${this.#high}.${this.#low}`;
    return this.#content;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  keys(): Iterable<string> {
    return this.#entries.keys();
  }

  values(): Iterable<V> {
    return this.#entries.values();
  }

  [Symbol.iterator](): Iterator<[string, V]> {
    return this.#entries[Symbol.iterator]();
  }

  set(key: string, value: V): this {
    const old = this.#entries.get(key);
    if (old === value) return this;
    this.#own();
    if (old !== undefined) this.#count(key, old, -1);
    this.#count(key, value, 1);
    this.#entries.set(key, value);
    return this;
  }

  delete(key: string): boolean {
    const old = this.#entries.get(key);
    if (old === undefined) return false;
    this.#own();
    this.#count(key, old, -1);
    return this.#entries.delete(key);
  }

  /** A map of the same entries; what changes in one doesn't in the other. */
  copy(): SharedMap<V> {
    const copy = new SharedMap<V>();
    copy.#entries = this.#entries;
    copy.#high = this.#high;
    copy.#low = this.#low;
    copy.#content = this.#content;
    copy.#isShared = true;
    this.#isShared = true;
    return copy;
  }

  #own(): void {
    if (!this.#isShared) return;
    this.#entries = new Map(this.#entries);
    this.#isShared = false;
  }

  /** Sums of hashes don't depend on the order of the entries. */
  #count(key: string, value: V, sign: 1 | -1): void {
    const text = `${key}\0${typeof value === "object" ? JSON.stringify(value) : value}`;
    // FNV-1a from two seeds.
    let [high, low] = [0x811c9dc5, 0x9747b28c];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 0x01000193);
      low = Math.imul(low ^ code, 0x01000193);
    }
    this.#content = undefined;
    this.#high = (this.#high + sign * mixed(high)) | 0;
    this.#low = (this.#low + sign * mixed(low)) | 0;
  }
}

/** So that sums over similar texts differ. */
function mixed(of: number): number {
  let hash = Math.imul(of ^ (of >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
