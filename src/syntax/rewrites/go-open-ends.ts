import type { ParsedTree } from "../backend.ts";

/**
 * Go: `const (A = iota; B)` on one line, and a last declaration without a line break. The grammar wants the end of a
 * statement before the `)` of a list of constants or variables, and after a type; there is no room to write one. The tree
 * is right all the same, so that its absence there is no damage.
 */
export function tolerateOpenEnds(parsed: ParsedTree, text: string): ParsedTree {
  if (parsed.hiddenDamage.length === 0) return parsed;
  const hiddenDamage = parsed.hiddenDamage.filter(({ start }) => {
    openEnd.lastIndex = start;
    return !openEnd.test(text);
  });
  return { ...parsed, hiddenDamage };
}

/** A closing parenthesis or the end of the text, perhaps after a comment. */
const openEnd = /\s{0,200}(?:\/\/[^\n]*\s{0,200}|\/\*[^*]{0,1000}\*\/\s{0,200})?(?:\)|$)/y;
