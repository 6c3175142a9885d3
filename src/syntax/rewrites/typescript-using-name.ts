import type { Rewrite } from "./rewrite.ts";

/** A variable called `using`, which the grammar takes for the keyword: another name of the same length. */
export const typescriptUsingName: Rewrite = {
  name: "typescript-using-name",
  hint: "using",
  find: (text) =>
    [...text.matchAll(/(?<![\w$])using(?![\w$])/g)].map(({ index }) => ({
      start: index,
      end: index + 5,
      text: "usinG",
    })),
};
