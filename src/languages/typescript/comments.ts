import type { Tree } from "../../syntax/tree.ts";
import type { Comment } from "../language.ts";

/** The comments of a file, in order, without their marks. */
export function commentsOf(tree: Tree): readonly Comment[] {
  const comments: Comment[] = [];
  const wanted = tree.grammar.kind("comment");
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== wanted) continue;
    const { start, end } = tree.spanOf(node);
    const lineStart = tree.text.lastIndexOf("\n", start - 1) + 1;
    comments.push({
      start,
      end,
      text: withoutMarks(tree.text.slice(start, end)),
      isAlone: /^[\s{]*$/.test(tree.text.slice(lineStart, start)),
    });
  }
  return comments;
}

function withoutMarks(text: string): string {
  if (text.startsWith("//")) return text.slice(2).trim();
  return text
    .replace(/^\/\*+|\*+\/$/g, "")
    .replace(/^[ \t]*\*[ \t]?/gm, "")
    .trim();
}
