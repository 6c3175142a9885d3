import { type Article, renderDigest } from "./templates.ts";

export interface Subscriber {
  readonly email: string;
  readonly topics: readonly string[];
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface DigestStore {
  subscribers(): Promise<readonly Subscriber[]>;
  articlesSince(last: string): Promise<readonly Article[]>;
  markSent(edition: string, mails: number): Promise<void>;
}

export interface DigestOptions {
  readonly store: DigestStore;
  readonly send: (mail: Mail) => Promise<void>;
  readonly onBounce?: (email: string, error: unknown) => void;
}

/** Sends the weekly digest; an edition that is marked as sent is never sent again. */
export class DigestMailer {
  readonly #store: DigestStore;
  readonly #send: (mail: Mail) => Promise<void>;
  readonly #onBounce: ((email: string, error: unknown) => void) | undefined;

  constructor({ store, send, onBounce }: DigestOptions) {
    this.#store = store;
    this.#send = send;
    this.#onBounce = onBounce;
  }

  async publish(edition: string, last: string): Promise<number> {
    const articles = await this.#store.articlesSince(last);
    if (articles.length === 0) return 0;
    const subscribers = await this.#store.subscribers();
    const mails = await this.#deliver(edition, subscribers, articles);
    await this.#store.markSent(edition, mails);
    return mails;
  }

  async #deliver(
    edition: string,
    subscribers: readonly Subscriber[],
    articles: readonly Article[],
  ): Promise<number> {
    const mails = subscribers
      .map(({ email, topics }) => ({
        to: email,
        subject: `Digest ${edition}`,
        text: renderDigest(articles.filter(({ topic }) => topics.includes(topic))),
      }))
      .filter(({ text }) => text !== "");
    const deliveries = mails.map(async (mail) => {
      try {
        await this.#send(mail);
      } catch (error) {
        this.#onBounce?.(mail.to, error);
      }
    });
    await Promise.all(deliveries);
    return deliveries.length;
  }
}
