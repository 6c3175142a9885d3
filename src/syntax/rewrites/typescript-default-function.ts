import { afterBrackets, LONGEST } from "./brackets.ts";
import type { Replacement, Rewrite } from "./rewrite.ts";

/**
 * `export default function (): T;` in a declaration file. The grammar wants a body: the `;` and the line break behind it
 * become an empty one.
 */
export const typescriptDefaultFunction: Rewrite = {
  name: "typescript-default-function",
  hint: "export default",
  find(text) {
    const found: Replacement[] = [];
    for (const match of text.matchAll(
      /\bexport\s+default\s+function\s*(?:<[^()]{0,500}>\s*)?(?=\()/g,
    )) {
      const end = endOfSignature(text, match.index + match[0].length);
      if (end !== -1) found.push({ start: end, end: end + 2, text: "{}" });
    }
    return found;
  },
};

/** The offset of the `;` that ends a signature whose parameters open at `open`, where a line break follows it; else -1. */
function endOfSignature(text: string, open: number): number {
  let at = afterBrackets(text, open);
  while (at !== -1 && at < open + LONGEST && text[at] !== ";") {
    at = /[([{]/.test(text[at] as string) ? afterBrackets(text, at) : at + 1;
  }
  return at !== -1 && text[at + 1] === "\n" ? at : -1;
}
