import type { Rewrite } from "./rewrite.ts";

/**
 * `load<typeof import("m")>("m")`: the grammar reads two comparisons and says nothing, so this is rewritten before the first parse.
 * `import("m")` becomes a name of the same length, which later layers tell by its text as read.
 */
export const typescriptImportQuery: Rewrite = {
  name: "typescript-import-query",
  hint: "typeof import(",
  find: (text) =>
    [...text.matchAll(importQuery)].map(({ index, 0: call }) => ({
      start: index,
      end: index + call.length,
      text: "import".padEnd(call.length, "$"),
    })),
};

/** As the only type argument of a call: what is compared with a module otherwise makes no sense. */
const importQuery = /(?<=[\w$]<typeof )import\((?:"[^"\n]*"|'[^'\n]*')\)(?=>\()/g;
