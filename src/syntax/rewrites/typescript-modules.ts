import { blankGroup, type Rewrite } from "./rewrite.ts";

/** `export type * from "m"`: read as `export * from "m"`. */
export const typescriptExportType: Rewrite = {
  name: "typescript-export-type",
  hint: "export type",
  find: (text) => blankGroup(text, /\bexport[ \t]+(type)[ \t]*(?=\*)/dg),
};

/** `export { a } from "m" with { type: "json" }`: read without the attributes (of imports the grammar knows them). */
export const typescriptExportAttributes: Rewrite = {
  name: "typescript-export-attributes",
  hint: "from",
  find: (text) =>
    blankGroup(text, /\bfrom\s*(?:"[^"\n]*"|'[^'\n]*')\s*((?:with|assert)\s*\{[^{}]{0,500}\})/dg),
};

/** `import defer * as a from "m"`, `import source x from "m"`: read as the ordinary import. */
export const typescriptImportPhase: Rewrite = {
  name: "typescript-import-phase",
  hint: "import",
  find: (text) =>
    blankGroup(
      text,
      /\bimport[ \t]+(defer|source)[ \t]+(?=\*|(?!from\b)[\p{L}_$][\p{L}\p{N}_$]*\s+from\b)/dgu,
    ),
};

/** `global { … }` inside `declare module "m" { … }`: read as a block, which holds the same declarations. */
export const typescriptNestedGlobal: Rewrite = {
  name: "typescript-nested-global",
  hint: "global",
  find: (text) => blankGroup(text, /(?:^|[{};])[ \t]*(global)[ \t]*(?=\{)/dgm),
};
