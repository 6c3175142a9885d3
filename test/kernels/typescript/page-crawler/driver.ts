import type { Scenario } from "../../../harness/every-order.ts";
import { getEventListeners } from "node:events";
import type * as Twin from "./fixed/crawler.ts";

export function scenario({ PageCrawler }: typeof Twin): Scenario {
  return async (world) => {
    const site = "https://shop.test/";
    const crawler = new PageCrawler(
      { load: (url) => world.step({ url, html: url === site ? '<a href="/tea">' : "" }) },
      site,
    );
    const { signal } = new AbortController();
    await crawler.crawl(site, { signal });
    const left = getEventListeners(signal, "abort").length;
    return left === 0 ? undefined : "abort listeners pile up on the signal";
  };
}
