import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/audit-log.ts";

class Mutex implements Twin.Lock {
  #last: Promise<void> = Promise.resolve();

  async acquire(): Promise<() => void> {
    const before = this.#last;
    let release: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }
}

export function scenario({ AuditLog }: typeof Twin): Scenario {
  return async (world) => {
    let isFull = true;
    const disk: Twin.Disk = {
      append: () => {
        if (!isFull) return world.step(undefined);
        isFull = false;
        return world.fails(new Error("no space left on device"));
      },
    };
    const log = new AuditLog("audit.log", disk, new Mutex());
    const entry = { actor: "ada", action: "login", at: 0 };
    await Promise.allSettled([log.record(entry), log.record(entry)]);
    return log.written === 1 ? undefined : "an entry is missing";
  };
}
