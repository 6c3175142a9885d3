export interface Template {
  readonly name: string;
  render(parameters: Record<string, string>): Promise<string>;
}

export interface TemplateStore {
  find(name: string): Promise<Template>;
}

export class AllSlotsTaken extends Error {}

/** Renders templates, a limited number at a time; who finds no slot has to come back. */
export class Renderer {
  readonly #store: TemplateStore;
  readonly #slots: number;
  #running = 0;

  constructor(store: TemplateStore, slots: number) {
    this.#store = store;
    this.#slots = slots;
  }

  get running(): number {
    return this.#running;
  }

  async render(name: string, parameters: Record<string, string>): Promise<string> {
    if (this.#running >= this.#slots) throw new AllSlotsTaken();
    this.#running++;
    try {
      const template = await this.#store.find(name);
      return await template.render(parameters);
    } finally {
      this.#running--;
    }
  }
}
