import type { Rewrite } from "./rewrite.ts";

/**
 * `import("m").A<B>` and `import("m").A[]` as types: `import("m")` becomes a name of the same length, so that the rest reads
 * as any qualified type. Later layers tell it by its text, which is `import("m")` as read. Where the same words are a call
 * (`import("m").then<B>(…)`) the grammar reads them without damage, and no rewrite is asked for.
 */
export const typescriptImportType: Rewrite = {
  name: "typescript-import-type",
  hint: "import(",
  find: (text) =>
    [...text.matchAll(importType)].map(({ index, 1: call = "" }) => ({
      start: index,
      end: index + call.length,
      text: "import".padEnd(call.length, "$"),
    })),
};

/**
 * Before a list of type arguments or an index, but not where a value is asked for; behind `typeof`; and as a member of a
 * union in parentheses, where a capital letter tells a type. The word comes before what must stand in front of it: a text may
 * be nothing but white space.
 */
const importType = new RegExp(
  [
    String.raw`(?<!(?:await|return|typeof|yield|void)\s+)(?<![\w$.])(?=CALL(?:NAME)*[<[])`,
    String.raw`(?<=\btypeof\s+)(?=CALL)`,
    String.raw`(?<=[(|&:]\s*)(?=CALL(?:NAME)*\.\p{Lu}[\p{L}\p{N}_$]*\s*[)|&])`,
  ]
    .join("|")
    .replaceAll("CALL", String.raw`import\((?:"[^"\n]*"|'[^'\n]*')[^()\n]{0,200}\)`)
    .replaceAll("NAME", String.raw`\.[\p{L}_$][\p{L}\p{N}_$]*`)
    .replace(/^(.*)$/s, String.raw`(?=import\()(?:$1)(import\([^()\n]+\))`),
  "gu",
);
