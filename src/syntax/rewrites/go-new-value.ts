import { afterBrackets } from "./brackets.ts";
import type { Replacement, Rewrite } from "./rewrite.ts";

/**
 * Go 1.26: `new(value)`, and `make(n)` of a variable called `make`. The grammar reads only a type there; another name makes
 * it an ordinary call, with an ordinary argument. A plain name or a dotted one (`new(x)`) still reads as a type: only
 * declarations can tell.
 */
export const goNewValue: Rewrite = {
  name: "go-new-value",
  hint: "(",
  find(text) {
    const found: Replacement[] = [];
    for (const { index, 1: name = "" } of text.matchAll(/(?<![\w.])(new|make)\(/g)) {
      const open = index + name.length;
      const after = afterBrackets(text, open);
      if (after === -1 || isType(text.slice(open + 1, after - 1))) continue;
      found.push({ start: index, end: open, text: name === "new" ? "neW" : "makE" });
    }
    return found;
  },
};

/** Whether arguments begin with what reads as a type: anything that it may be is left to the grammar. */
function isType(given: string): boolean {
  const named = given.trim().replace(/^(?:\*|\[\w*\]|(?:<-\s*)?chan\b(?:\s*<-)?|\(|\s)+/, "");
  if (/^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?[\s)]*,?$/u.test(named)) return true;
  if (/^(?:map|func|struct|interface)\b/.test(named)) return !isLiteral(named);
  return /^[\p{L}_][\p{L}\p{N}_.]*\[[^"'`]*\][\s)]*$/u.test(named) && !/^[^[]*\[\d/.test(named);
}

/** `map[K]V{…}`, `func() {…}`, `struct{…}{…}`: a type with a body behind it. */
function isLiteral(type: string): boolean {
  const bodies = type.match(/\{/g)?.length ?? 0;
  const isBodyOfType =
    /^(?:struct|interface)\b/.test(type) || /\]\s*(?:struct|interface)\b/.test(type);
  return bodies > (isBodyOfType ? 1 : 0) && /\}\s*$/.test(type);
}
