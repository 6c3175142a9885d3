import type { Rewrite } from "./rewrite.ts";

/**
 * `using x = f()` and `await using x = f()`, also in the head of a loop. The grammar reads an assignment and says nothing,
 * so this is rewritten before the first parse: to a `const`, which has as many letters, and spaces for what is left. Later
 * layers tell it by the text of the declaration's first token (field `kind`), which as read is `using` or `await`.
 */
export const typescriptUsing: Rewrite = {
  name: "typescript-using",
  hint: "using",
  find(text) {
    return [...text.matchAll(usingDeclaration)].map(({ index, 1: wait = "" }) => ({
      start: index,
      end: index + wait.length + "using".length,
      text: "const".padEnd(wait.length + "using".length),
    }));
  },
};

/** A declaration must have a value, a type before it, or stand before the `of` of a loop. */
const usingDeclaration =
  /(?<![\w$.])(await[ \t]+)?using[ \t]+(?!(?:in|of|instanceof|as|satisfies)\b)[\p{L}_$][\p{L}\p{N}_$]*\s*(?:=(?![=>])|:|of\b)/gu;
