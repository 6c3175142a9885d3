import { afterBrackets, firstArgument } from "./brackets.ts";
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
      // What is too long to follow is a value: nobody writes a type of that length.
      if (after !== -1 && isType(firstArgument(text.slice(open + 1, after - 1)))) continue;
      found.push({ start: index, end: open, text: name === "new" ? "neW" : "makE" });
    }
    return found;
  },
};

/** Whether an argument reads as a type: anything that it may be is left to the grammar. */
function isType(argument: string): boolean {
  let rest = withoutTypePrefix(argument);
  while (rest.startsWith("map[")) {
    const after = afterBrackets(rest, "map".length);
    if (after === -1) return true;
    rest = withoutTypePrefix(rest.slice(after));
  }
  if (/^(?:struct|interface)\b/.test(rest)) {
    const after = afterBrackets(rest, rest.indexOf("{"));
    return after === -1 || /^[\s)]*$/.test(rest.slice(after));
  }
  if (/^func\b/.test(rest)) return !rest.includes("{");
  if (/^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?[\s)]*$/u.test(rest)) return true;
  return /^[\p{L}_][\p{L}\p{N}_.]*\[[^"'`]*\][\s)]*$/u.test(rest) && !/^[^[]*\[\d/.test(rest);
}

/** `*`, `[]`, `[n]`, `chan`, `(`, as many as there are. */
function withoutTypePrefix(type: string): string {
  return type.trim().replace(/^(?:\*|\[\w*\]|(?:<-\s*)?chan\b(?:\s*<-)?|\(|\s)+/, "");
}
