export interface Message {
  readonly id: string;
  readonly body: string;
}

export interface Mailbox {
  unread(): Promise<readonly Message[]>;
  markRead(id: string): Promise<void>;
}

export type Deliver = (message: Message) => Promise<void>;

const EVERY = 2_000;

/** Forwards what comes into a mailbox. */
export class Forwarder {
  readonly #mailbox: Mailbox;
  readonly #deliver: Deliver;
  #timer: NodeJS.Timeout | undefined;
  #isForwarding = false;

  constructor(mailbox: Mailbox, deliver: Deliver) {
    this.#mailbox = mailbox;
    this.#deliver = deliver;
  }

  start(): void {
    this.#timer ??= setInterval(async () => {
      if (this.#isForwarding) return;
      this.#isForwarding = true;
      try {
        await this.#forwardAll();
      } catch (error) {
        console.error("forwarding failed", error);
      } finally {
        this.#isForwarding = false;
      }
    }, EVERY);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #forwardAll(): Promise<void> {
    for (const message of await this.#mailbox.unread()) {
      await this.#deliver(message);
      await this.#mailbox.markRead(message.id);
    }
  }
}
