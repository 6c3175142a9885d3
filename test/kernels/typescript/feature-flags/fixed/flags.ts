export type Flags = ReadonlyMap<string, boolean>;

export interface FlagService {
  load(environment: string): Promise<Flags>;
}

/** Says which features are on; the flags of an environment are loaded once. */
export class FeatureFlags {
  readonly #service: FlagService;
  readonly #environment: string;
  #loading: Promise<Flags> | undefined;

  constructor(service: FlagService, environment: string) {
    this.#service = service;
    this.#environment = environment;
  }

  async isOn(feature: string): Promise<boolean> {
    this.#loading ??= this.#service.load(this.#environment).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    const flags = await this.#loading;
    return flags.get(feature) ?? false;
  }
}
