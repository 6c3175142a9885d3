export interface View {
  load(url: string): Promise<void>;
  postMessage(message: ViewMessage): void;
  close(): void;
}

export interface ViewHost {
  create(options: { title: string; width: number; height: number }): Promise<View>;
}

export type ViewMessage =
  | { readonly type: "content"; readonly markdown: string }
  | { readonly type: "scroll"; readonly line: number };

type State = "closed" | "opening" | "open";

/** The preview beside the editor; what comes before its page is there waits. */
export class PreviewWindow {
  readonly #host: ViewHost;
  readonly #page: string;
  readonly #backlog: ViewMessage[] = [];
  #state: State = "closed";
  #view: View | undefined;

  constructor(host: ViewHost, page = "preview.html") {
    this.#host = host;
    this.#page = page;
  }

  get state(): State {
    return this.#state;
  }

  async open(title: string): Promise<void> {
    if (this.#state !== "closed") return;
    this.#state = "opening";
    try {
      const view = await this.#host.create({ title, width: 800, height: 600 });
      this.#attach(view);
      await view.load(`app://${this.#page}`);
      this.#flush(view);
    } catch (error) {
      this.#discard();
      throw error;
    }
  }

  send(message: ViewMessage): void {
    if (this.#state === "open") this.#view?.postMessage(message);
    else this.#backlog.push(message);
  }

  #discard(): void {
    this.#view?.close();
    this.#view = undefined;
    this.#state = "closed";
  }

  #attach(view: View): void {
    this.#view = view;
  }

  #flush(view: View): void {
    this.#state = "open";
    for (const message of this.#backlog.splice(0)) view.postMessage(message);
  }
}
