import { createHmac, randomUUID } from "node:crypto";
import type { Json } from "./contract.ts";

interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly body: string;
  readonly isRedelivery: boolean;
  /** 0 where nobody answered. */
  readonly status: number;
}

/** Where deliveries go, and with which secret they are signed. */
export interface Target {
  readonly url: string;
  readonly secret: string;
}

/** Signed webhooks, and GitHub's log of them. */
export class Deliveries {
  readonly log: Delivery[] = [];
  target: Target | undefined;
  #last = 0;
  readonly #underWay = new Set<Promise<unknown>>();

  /** Sends an event and waits for the answer's status; one that nobody takes is logged as failed. */
  async send(
    event: string,
    payload: Json,
    { guid = randomUUID(), isLost = false }: { guid?: string; isLost?: boolean } = {},
  ): Promise<number> {
    const body = JSON.stringify(payload);
    if (!isLost) return this.#deliver(event, body, guid, false);
    this.#note(event, body, guid, false, 0);
    return 0;
  }

  /** Sends what was logged once more, with the id that it had. False where the log has no such delivery. */
  redeliver(id: number): boolean {
    const known = this.log.find((one) => one.id === id);
    if (!known) return false;
    const again = this.#deliver(known.event, known.body, known.guid, true);
    this.#underWay.add(again);
    void again.finally(() => this.#underWay.delete(again));
    return true;
  }

  /** Waits for redeliveries that are under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  /** The newest first, as GitHub lists them; or those before one of them. */
  list(count: number, before = Number.POSITIVE_INFINITY): Json[] {
    return this.log
      .filter(({ id }) => id < before)
      .slice(-count)
      .reverse()
      .map(({ id, guid, event, action, isRedelivery, status }) => ({
        id,
        guid,
        event,
        action,
        redelivery: isRedelivery,
        status: status >= 200 && status < 300 ? "OK" : "failed to connect to host",
        status_code: status,
        delivered_at: "2026-11-01T00:00:00Z",
      }));
  }

  async #deliver(event: string, body: string, guid: string, isRedelivery: boolean) {
    const status = await this.#post(event, body, guid);
    this.#note(event, body, guid, isRedelivery, status);
    return status;
  }

  #note(event: string, body: string, guid: string, isRedelivery: boolean, status: number): void {
    const { action = null } = JSON.parse(body) as { action?: string };
    this.log.push({ id: ++this.#last, guid, event, action, body, isRedelivery, status });
  }

  async #post(event: string, body: string, guid: string): Promise<number> {
    if (!this.target) return 0;
    const signature = createHmac("sha256", this.target.secret).update(body).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": guid,
      "x-hub-signature-256": `sha256=${signature}`,
    };
    try {
      return (await fetch(this.target.url, { method: "POST", body, headers })).status;
    } catch {
      return 0;
    }
  }
}
