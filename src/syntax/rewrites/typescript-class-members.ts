import { blankGroup, type Rewrite, spansOfGroup } from "./rewrite.ts";

/** `static [key: string]: T`: read as the index signature of an instance. */
export const typescriptStaticIndex: Rewrite = {
  name: "typescript-static-index",
  hint: "static",
  find: (text) =>
    blankGroup(text, /\b(static)[ \t]+(?=(?:readonly[ \t]+)?\[\s*[\p{L}_$][\p{L}\p{N}_$]*\s*:)/dgu),
};

/** `abstract override x: T`: read without `override`. */
export const typescriptAbstractOverride: Rewrite = {
  name: "typescript-abstract-override",
  hint: "override",
  find: (text) =>
    blankGroup(text, /\b(override(?=[ \t]+abstract\b)|(?<=\babstract[ \t]+)override)\b/dg),
};

/** A property called `abstract`: another name of the same length. */
export const typescriptAbstractName: Rewrite = {
  name: "typescript-abstract-name",
  hint: "abstract",
  find: (text) =>
    spansOfGroup(text, /(?<![\w$.])(abstract)(?=[ \t]*[?:=(;])/dg).map((span) => ({
      ...span,
      text: "abstracT",
    })),
};
