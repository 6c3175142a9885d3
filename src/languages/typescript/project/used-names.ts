import type { ProjectText } from "./project-texts.ts";

const WORD = /[A-Za-z_$][\w$]*/g;
/** What stands before a member's name where a class, an interface or a literal declares it. */
const DECLARING =
  /^\s*(?:(?:public|private|protected|static|async|override|readonly|abstract|declare|get|set)\s+)*\*?\s*$/;

/**
 * The names that stand anywhere else than where a member is declared: behind a dot, taken apart, in a string. A
 * name that is not among them is called by nobody.
 */
export function usedNames(texts: readonly ProjectText[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { text } of texts)
    for (const match of text.matchAll(WORD)) {
      const [word] = match;
      if (!used.has(word) && !declaresMember(text, match.index, word)) used.add(word);
    }
  return used;
}

/** Or says something about it in a comment. */
function declaresMember(text: string, at: number, word: string): boolean {
  const before = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  if (/(?:^|[^:"'`])\/\/|^\s*\/?\*/.test(before)) return true;
  return (
    DECLARING.test(before) &&
    /^\??\s*[(<:]/.test(text.slice(at + word.length, at + word.length + 8))
  );
}
