export interface Transport {
  emit(packet: { readonly id: number; readonly event: string }): void;
}

export type Ack = (error: Error | undefined, answer?: string) => void;

/** Sends events that are acknowledged by their number, or given up after a while. */
export class AckChannel {
  readonly #transport: Transport;
  readonly #acks = new Map<number, Ack>();
  readonly #limit: number;
  #ids = 0;

  constructor(transport: Transport, limit = 1_000) {
    this.#transport = transport;
    this.#limit = limit;
  }

  get open(): number {
    return this.#acks.size;
  }

  emit(event: string, ack: Ack): void {
    const id = this.#ids++;
    const timer = setTimeout(() => {
      this.#acks.delete(id);
      ack(new Error(`${event} was not acknowledged`));
    }, this.#limit);
    this.#acks.set(id, (error, answer) => {
      clearTimeout(timer);
      ack(error, answer);
    });
    this.#transport.emit({ id, event });
  }

  acknowledged(id: number, answer: string): void {
    const ack = this.#acks.get(id);
    this.#acks.delete(id);
    ack?.(undefined, answer);
  }
}
