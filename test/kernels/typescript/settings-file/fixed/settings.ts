import { EventEmitter } from "node:events";

export interface SettingsStorage {
  readCached(path: string): string | undefined;
  read(path: string): Promise<string>;
}

export interface SettingsEvents {
  loaded: [settings: ReadonlyMap<string, string>];
  failed: [error: unknown];
}

/** Settings of a file: at once where they are cached, otherwise when the file has been read. */
export class Settings extends EventEmitter<SettingsEvents> {
  readonly #storage: SettingsStorage;
  readonly #path: string;
  #values: ReadonlyMap<string, string> = new Map();

  constructor(storage: SettingsStorage, path: string) {
    super();
    this.#storage = storage;
    this.#path = path;
    const cached = storage.readCached(path);
    if (cached === undefined) {
      this.#load().catch((error) => this.emit("failed", error));
      return;
    }
    this.#values = parsed(cached);
    queueMicrotask(() => this.emit("loaded", this.#values));
  }

  get(name: string): string | undefined {
    return this.#values.get(name);
  }

  async #load(): Promise<void> {
    this.#values = parsed(await this.#storage.read(this.#path));
    this.emit("loaded", this.#values);
  }
}

function parsed(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split("\n")) {
    const at = line.indexOf("=");
    if (at > 0 && !line.startsWith("#")) values.set(line.slice(0, at), line.slice(at + 1));
  }
  return values;
}
