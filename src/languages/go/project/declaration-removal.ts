import type { Place } from "../../../core/position.ts";
import { syntaxNumbers } from "../syntax-numbers.ts";
import type { TypeDeclaration } from "../type.ts";

/**
 * The lines that a type's declaration takes, with the comment above them; undefined where others share a line with it, or
 * where it names packages that nothing else in the file might use then.
 */
export function declarationRemoval(declaration: TypeDeclaration): Place | undefined {
  const { tree, node, file } = declaration;
  const { kind } = syntaxNumbers(tree.grammar);
  const group = tree.parentOf(node);
  const members = tree.namedChildren(group).filter((each) => tree.kind[each] !== kind.comment);
  const whole = members.length === 1 ? group : node;
  const { text } = tree;
  const start = text.lastIndexOf("\n", (tree.start[whole] as number) - 1) + 1;
  const newline = text.indexOf("\n", tree.end[whole] as number);
  const end = newline === -1 ? text.length : newline + 1;
  if (text.slice(start, tree.start[whole]).trim() !== "") return undefined;
  if (!/^[ \t\r]*$/.test(text.slice(tree.end[whole], newline === -1 ? end : newline)))
    return undefined;
  if (/\b[a-z]\w*\.\p{Lu}/u.test(tree.textOf(whole).replace(/\/\/.*$/gm, ""))) return undefined;
  return { file, start: startOfComment(text, start), end };
}

/** The comment of a type, line by line. */
export function commentAbove({ tree, node }: TypeDeclaration): string {
  const { text } = tree;
  const start = text.lastIndexOf("\n", (tree.start[node] as number) - 1) + 1;
  return text.slice(startOfComment(text, start), start);
}

/** Where the comment lines above a line begin. */
function startOfComment(text: string, line: number): number {
  let start = line;
  for (;;) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (above >= start || !/^[ \t]*\/\//.test(text.slice(above, start))) return start;
    start = above;
  }
}
