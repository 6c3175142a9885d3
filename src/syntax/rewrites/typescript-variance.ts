import { afterAngles } from "./brackets.ts";
import { blank, type Replacement, type Rewrite, spansOfGroup } from "./rewrite.ts";

/** `interface Box<in out T>`: the grammar knows no variance; types are read without it. */
export const typescriptVariance: Rewrite = {
  name: "typescript-variance",
  hint: "<",
  find(text) {
    const found: Replacement[] = [];
    for (const { index, 0: head } of text.matchAll(declaration)) {
      const open = index + head.length;
      const list = text.slice(open, Math.max(open, afterAngles(text, open)));
      for (const { start, end } of spansOfGroup(list, modifiers)) {
        found.push(blank(text, open + start, open + end));
      }
    }
    return found;
  },
};

const declaration = /\b(?:class|interface|type)\s+[\p{L}_$][\p{L}\p{N}_$]*\s*(?=<)/gu;

/** Before a name that begins a list or follows a comma, perhaps after a comment; a name may itself be `out`. */
const modifiers =
  /(?<=[<,]\s*(?:\/\*(?:[^*]|\*(?!\/)){0,200}\*\/\s*)?)((?:(?:in|out)\s+)+)(?=[\p{L}_$])(?!extends\b)/dgu;
