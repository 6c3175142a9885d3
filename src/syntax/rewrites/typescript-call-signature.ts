import type { Replacement, Rewrite } from "./rewrite.ts";

/** How far back of a signature the end of the one before it is looked for: a text may hold nothing but comments. */
const LONGEST = 4_000;

/** Two call signatures on two lines without a `;`, also with comments between: the white space that ends the first becomes one. */
export const typescriptCallSignature: Rewrite = {
  name: "typescript-call-signature",
  hint: "<",
  find(text) {
    const found: Replacement[] = [];
    for (const { index } of text.matchAll(/<(?<=(?:^|\*\/)[ \t]*<)\s*\w+[\s,>]/gm)) {
      const before = text.slice(Math.max(0, index - LONGEST), index);
      const code = withoutComments(before);
      const start = index - before.length + code.length;
      const between = text[start] as string;
      if (
        /[\w>\])}]/.test(code.at(-1) ?? "") &&
        /\s/.test(between) &&
        before.slice(code.length).includes("\n")
      )
        found.push({ start, end: start + 1, text: ";" });
    }
    return found;
  },
};

/** The text without the white space and the whole comments at its end. */
function withoutComments(text: string): string {
  for (let code = text.trimEnd(); ; ) {
    const shorter = withoutLastComment(code).trimEnd();
    if (shorter.length === code.length) return code;
    code = shorter;
  }
}

function withoutLastComment(code: string): string {
  const open = code.endsWith("*/")
    ? code.lastIndexOf("/*")
    : code.indexOf("//", code.lastIndexOf("\n") + 1);
  return open === -1 ? code : code.slice(0, open);
}
