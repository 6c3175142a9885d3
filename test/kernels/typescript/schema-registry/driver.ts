import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/registry.ts";

export function scenario({ SchemaRegistry }: typeof Twin): Scenario {
  return async (world) => {
    let asked = 0;
    const schema = { id: 0, subject: "orders", fields: ["number"] };
    const registry = new SchemaRegistry({
      api: {
        byId: () => (asked++ === 0 ? world.fails(new Error("try again")) : world.step(schema)),
        latest: async () => schema,
      },
    });
    const message = await registry.encode("orders", { number: 7 });
    await registry.decode(message).catch(() => {});
    const payload = await registry.decode(message).catch(() => undefined);
    return payload?.["number"] === 7 ? undefined : "one failure is served for ever";
  };
}
