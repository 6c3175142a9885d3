import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/migrations.ts";

export function scenario({ TenantMigrations }: typeof Twin): Scenario {
  return async (world) => {
    let isHeld = false;
    let early = false;
    const lock = {
      async acquire() {
        isHeld = true;
      },
      release() {
        isHeld = false;
      },
    };
    const migration = {
      name: "add-column",
      async apply() {
        await world.step(undefined);
        if (!isHeld) early = true;
      },
    };
    await new TenantMigrations([migration], lock).upgrade("acme");
    return early ? "the lock was given back too early" : undefined;
  };
}
