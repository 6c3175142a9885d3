export interface Device {
  readonly id: string;
  ping(): Promise<boolean>;
}

export interface Sweep {
  readonly asked: number;
  readonly lost: readonly string[];
}

/** Devices that answered at some time; a sweep forgets those that do no more. */
export class DeviceRegistry {
  readonly #devices: Device[] = [];

  add(device: Device): void {
    if (!this.#devices.some(({ id }) => id === device.id)) this.#devices.push(device);
  }

  get ids(): string[] {
    return this.#devices.map(({ id }) => id);
  }

  async sweep(): Promise<Sweep> {
    const lost: string[] = [];
    let asked = 0;
    for (const device of this.#devices) {
      asked++;
      if (await device.ping()) continue;
      lost.push(device.id);
      this.#devices.splice(this.#devices.indexOf(device), 1);
    }
    return { asked, lost };
  }
}
