import { blank, type Replacement, type Rewrite, spansOfGroup } from "./rewrite.ts";

/** `interface Box<in out T>`: the grammar knows no variance; types are read without it. */
export const typescriptVariance: Rewrite = {
  name: "typescript-variance",
  hint: "<",
  find(text) {
    const found: Replacement[] = [];
    for (const { start, end } of spansOfGroup(text, typeParameters)) {
      const list = text.slice(start, end);
      for (const word of spansOfGroup(
        list,
        /(?<=[<,]\s*(?:\/\*(?:[^*]|\*(?!\/)){0,200}\*\/\s*)?)((?:(?:in|out)\s+)+)(?=[\p{L}_$])(?!extends\b)/dgu,
      )) {
        found.push(blank(text, start + word.start, start + word.end));
      }
    }
    return found;
  },
};

/** The type parameters of a declaration, as far as the first `>`: a modifier stands before a name of its own list. */
const typeParameters =
  /\b(?:class|interface|type)\s+[\p{L}_$][\p{L}\p{N}_$]*\s*(<(?=[^>]{0,400}\b(?:in|out)\s)[^>]{1,500})/dgu;
