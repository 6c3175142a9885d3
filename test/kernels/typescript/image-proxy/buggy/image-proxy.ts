export interface Image {
  readonly type: string;
  readonly bytes: Uint8Array;
}

export interface Request {
  readonly params: Record<string, string>;
  readonly query: Record<string, string | undefined>;
}

export interface Response {
  status(code: number): Response;
  set(header: string, value: string): Response;
  send(body: Uint8Array): void;
}

export interface ImageSource {
  fetch(path: string, width: number): Promise<Image>;
}

export interface ImageProxyOptions {
  readonly source: ImageSource;
  readonly placeholder: Image;
  readonly maxAge?: number;
  readonly onFailure?: (path: string, error: unknown) => void;
}

const WIDEST = 2_000;

/** Express handlers that show product pictures of the supplier, or a placeholder. */
export class ImageProxy {
  readonly #options: ImageProxyOptions;

  constructor(options: ImageProxyOptions) {
    this.#options = options;
  }

  readonly show = async (
    request: Request,
    response: Response,
    next: (error: unknown) => void,
  ): Promise<void> => {
    const { name = "" } = request.params;
    try {
      const image = await this.#imageFor(`/products/${name}`, this.#widthOf(request));
      const { placeholder, maxAge = 3_600 } = this.#options;
      response
        .status(image === placeholder ? 404 : 200)
        .set("cache-control", image === placeholder ? "no-store" : `max-age=${maxAge}`)
        .set("content-type", image.type)
        .send(image.bytes);
    } catch (error) {
      next(error);
    }
  };

  async #imageFor(path: string, width: number): Promise<Image> {
    const { source, placeholder, onFailure } = this.#options;
    try {
      return source.fetch(path, width);
    } catch (error) {
      onFailure?.(path, error);
      return placeholder;
    }
  }

  #widthOf({ query }: Request): number {
    const width = Number(query["w"] ?? 400);
    return Number.isInteger(width) && width > 0 ? Math.min(width, WIDEST) : 400;
  }
}
