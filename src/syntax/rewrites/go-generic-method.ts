import { afterBrackets } from "./brackets.ts";
import { blank, type Replacement, type Rewrite } from "./rewrite.ts";

/**
 * Go: `func (s *Set[T]) Map[U any](f func(T) U) []U`. The grammar knows no type parameters of methods; without them the
 * method reads as any other, its type parameters as names of unknown types.
 */
export const goGenericMethod: Rewrite = {
  name: "go-generic-method",
  hint: "func (",
  find(text) {
    const found: Replacement[] = [];
    for (const match of text.matchAll(
      /^func\s*\([^()\n]{1,200}\)\s*[\p{L}_][\p{L}\p{N}_]*(?=\[)/gmu,
    )) {
      const open = match.index + match[0].length;
      const after = afterBrackets(text, open);
      if (after !== -1 && text[after] === "(") found.push(blank(text, open, after));
    }
    return found;
  },
};
