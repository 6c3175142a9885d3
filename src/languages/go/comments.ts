import { lineAt, lineStarts } from "../../core/position.ts";
import type { Tree } from "../../syntax/tree.ts";
import type { Comment } from "../language.ts";
import { syntaxNumbers } from "./syntax-numbers.ts";

/** All comments of a file, in order, without their marks. */
export function commentsIn(tree: Tree): readonly Comment[] {
  const { comment } = syntaxNumbers(tree.grammar).kind;
  const found: Comment[] = [];
  let starts: Uint32Array | undefined;
  for (let node = 0; node < tree.size; node++) {
    if (tree.kind[node] !== comment) continue;
    starts ??= lineStarts(tree.text);
    const { start, end } = tree.spanOf(node);
    const lineStart = starts[lineAt(starts, start) - 1] ?? 0;
    const isAlone = tree.text.slice(lineStart, start).trim() === "";
    found.push({ start, end, text: withoutMarks(tree.textOf(node)), isAlone });
  }
  return found;
}

function withoutMarks(written: string): string {
  return written.startsWith("//") ? written.slice(2) : written.slice(2, -2);
}
