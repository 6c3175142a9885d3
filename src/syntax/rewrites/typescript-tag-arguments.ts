import { afterAngles } from "./brackets.ts";
import { blank, type Replacement, type Rewrite } from "./rewrite.ts";

/** A tag with type arguments, `styled.span<{ isOpen: boolean }>` before its template: read without them. */
export const typescriptTagArguments: Rewrite = {
  name: "typescript-tag-arguments",
  hint: ">`",
  find(text) {
    const found: Replacement[] = [];
    for (const { index } of text.matchAll(/(?<=[\w$)\]])<(?=[\s\w${["'])/g)) {
      const after = afterAngles(text, index);
      if (after !== -1 && text[after] === "`") found.push(blank(text, index, after));
    }
    return found;
  },
};
