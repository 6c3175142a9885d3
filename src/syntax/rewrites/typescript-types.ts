import { blankGroup, type Rewrite, spansOfGroup } from "./rewrite.ts";

/** `call<[string?]>(x)`: an optional element without a name, among type arguments, is read as required. */
export const typescriptOptionalElement: Rewrite = {
  name: "typescript-optional-element",
  hint: "?",
  find: (text) => blankGroup(text, /(?<=[\w\])>])[ \t]*(\?)(?=\s*[\],])/dg),
};

/** `[K in T]? : U`: the grammar wants `?:` in one piece. */
export const typescriptSpacedOptional: Rewrite = {
  name: "typescript-spaced-optional",
  hint: "? :",
  find: (text) =>
    spansOfGroup(text, /\](\?[ \t]+:)/dg).map(({ start, end }) => ({
      start,
      end,
      text: "?:".padStart(end - start),
    })),
};

/** `keyof readonly T[]`: read as `keyof T[]`. */
export const typescriptKeyofReadonly: Rewrite = {
  name: "typescript-keyof-readonly",
  hint: "readonly",
  find: (text) => blankGroup(text, /\bkeyof\s+(readonly)\s/dg),
};

/** `[type in keyof T]`: a key called `type` gets another name of the same length. */
export const typescriptTypeKey: Rewrite = {
  name: "typescript-type-key",
  hint: "type in",
  find: (text) =>
    spansOfGroup(text, /\[\s*(type)\s+in\s/dg).map((span) => ({ ...span, text: "typE" })),
};

/** Two call signatures on two lines without a `;`: the line break that ends the first becomes one. */
export const typescriptCallSignature: Rewrite = {
  name: "typescript-call-signature",
  hint: "<",
  find: (text) =>
    spansOfGroup(
      text,
      /[\w>\])}](\n)(?=\s*(?:\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/\s*)?<\s*\w+[\s,>])/dg,
    ).map((span) => ({ ...span, text: ";" })),
};
