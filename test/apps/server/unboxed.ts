import { lookOnce } from "../../../src/apps/box/look-once.ts";
import type { Analyst, FetchedText } from "../../../src/review/ports.ts";

/** Analyses in this process, so that a thousand reviews do not start a thousand others. */
export const unboxed: Analyst = {
  open(request) {
    const texts = new Map<string, FetchedText>();
    return {
      look(news, isLast) {
        for (const [id, text] of news) texts.set(id, text);
        return lookOnce(request, texts, isLast);
      },
      close: () => undefined,
    };
  },
};
