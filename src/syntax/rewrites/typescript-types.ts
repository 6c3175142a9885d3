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

/** A template type with an escaped quote of its own: the grammar knows no escapes there. */
export const typescriptEscapedBacktick: Rewrite = {
  name: "typescript-escaped-backtick",
  hint: "\\`",
  find: (text) =>
    spansOfGroup(text, /(?<!\\)(?:\\\\)*(\\`)/dg).map((span) => ({ ...span, text: "__" })),
};

/** `expect(f).toBe<<T>(x: T) => T>()`: what is read as a shift is a generic function type as the first argument. */
export const typescriptGenericArgument: Rewrite = {
  name: "typescript-generic-argument",
  hint: "<<",
  find: (text) =>
    blankGroup(text, /[\w$]<(<\s*(?:const\s+)?\w+(?:\s+extends\s[^<>()]*)?(?:,[^<>()]*)?>)\s*\(/dg),
};

/** `let as: string`: a variable called `as` gets another name of the same length. */
export const typescriptVariableAs: Rewrite = {
  name: "typescript-variable-as",
  hint: " as",
  find: (text) =>
    spansOfGroup(text, /\b(?:let|const|var)\s+(as)\s*[:=;,]/dg).map((span) => ({
      ...span,
      text: "aS",
    })),
};
