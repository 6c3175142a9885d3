import { blankGroup, type Rewrite, spansOfGroup } from "./rewrite.ts";

/** `static accessor x`, `abstract accessor x`: the grammar knows `accessor` alone. Without it the member reads as a field. */
export const typescriptAccessor: Rewrite = {
  name: "typescript-accessor",
  hint: "accessor",
  find: (text) =>
    blankGroup(text, /\b(?:static|abstract|override)[ \t]+(accessor)[ \t]+(?=[\w$#[])/dg),
};

/** A member called `accessor`: another name of the same length. */
export const typescriptAccessorName: Rewrite = {
  name: "typescript-accessor-name",
  hint: "accessor",
  find: (text) =>
    spansOfGroup(text, /(?<![\w$.])(accessor)(?=\s*[=:;(?!}]|[ \t]*$)/dgm).map((span) => ({
      ...span,
      text: "accessoR",
    })),
};
