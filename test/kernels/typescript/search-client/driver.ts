import type { Scenario } from "../../../harness/every-order.ts";
import type * as Twin from "./fixed/search.ts";

export function scenario({ SearchClient }: typeof Twin): Scenario {
  return async (world) => {
    let opened = 0;
    const client = new SearchClient(async () => {
      opened++;
      return await world.step({
        query: async (text: string) => [text],
        close: async () => undefined,
      });
    }, "search.example.org");
    await Promise.all([client.search("one"), client.search("two")]);
    return opened === 1 ? undefined : `${opened} sessions were opened`;
  };
}
