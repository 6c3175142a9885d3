export interface Plugin {
  readonly name: string;
  handle(command: string): string | undefined;
}

export interface PluginSource {
  discover(): Promise<readonly Plugin[]>;
}

export class UnknownCommand extends Error {
  constructor(command: string) {
    super(`no plugin knows ${command}`);
  }
}

/** Runs commands by plugins, which are looked for when the first command comes. */
export class PluginHost {
  readonly #source: PluginSource;
  readonly #plugins: Plugin[] = [];
  #initializing: Promise<void> | undefined;

  constructor(source: PluginSource) {
    this.#source = source;
  }

  get names(): string[] {
    return this.#plugins.map(({ name }) => name);
  }

  async run(command: string): Promise<string> {
    this.#initializing ??= this.#load();
    await this.#initializing;
    for (const plugin of this.#plugins) {
      const answer = plugin.handle(command);
      if (answer !== undefined) return answer;
    }
    throw new UnknownCommand(command);
  }

  async #load(): Promise<void> {
    try {
      this.#plugins.push(...(await this.#source.discover()));
    } catch (error) {
      console.error("plugins could not be loaded", error);
    }
  }
}
