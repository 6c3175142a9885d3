export interface Probe {
  readonly host: string;
  /** Bytes that went through since the last question. */
  traffic(): Promise<number>;
}

/** Traffic of all hosts, for the bill at the end of the month. */
export class TrafficMeter {
  #total = 0;
  #failures = 0;
  readonly #hosts = new Set<string>();

  get summary(): { readonly total: number; readonly failures: number; readonly hosts: number } {
    return { total: this.#total, failures: this.#failures, hosts: this.#hosts.size };
  }

  async collect(probes: readonly Probe[]): Promise<void> {
    await Promise.all(probes.map((probe) => this.measure(probe)));
  }

  async measure(probe: Probe): Promise<void> {
    this.#hosts.add(probe.host);
    try {
      this.#total += await probe.traffic();
    } catch {
      this.#failures++;
    }
  }

  reset(): void {
    this.#total = 0;
    this.#failures = 0;
    this.#hosts.clear();
  }
}
