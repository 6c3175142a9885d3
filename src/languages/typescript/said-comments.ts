import type { NodeId, Tree } from "../../syntax/tree.ts";

/** The name of a rule in a directive says nothing of the kind, nor does what somebody else is said to do: `the server does not wait for it`. */
const SAID =
  /(?<!\b(?:does|did) )\b(?:no|not|never|without|missing|don'?t|deliberately|intentionally|purposely)\b[^.\n]{0,30}\b(?:await|wait(?:ing)?\b(?! (?:for )?\d))|\b(?:don'?t|not) care\b|\bfire[- ]and[- ]forget|\bin (?:the )?background\b|\bfloating\b(?!-promise)|\b(?:never|not|cannot|can't)(?: be)? reject|\bun-?suppress/i;

/** Lines of a comment that are read. */
const LONGEST = 4;

/** Whether a comment behind a node, or right above it, says that nobody is to wait for it. */
export function isSaidNotToWait({ text, start, end }: Tree, node: NodeId): boolean {
  const above = commentAbove(text, start[node] as number);
  const until = text.indexOf("\n", end[node]);
  const behind = text.slice(end[node], until === -1 ? undefined : until).trimEnd();
  return SAID.test(`${above}${/\/[/*].*$/.exec(behind)?.[0] ?? ""}`);
}

/** The lines of a comment that end right above the line of an offset, as one. */
function commentAbove(text: string, offset: number): string {
  const lines: string[] = [];
  let from = text.lastIndexOf("\n", offset) + 1;
  while (lines.length < LONGEST && from > 1) {
    const before = text.lastIndexOf("\n", from - 2) + 1;
    const line = text.slice(before, from - 1).trim();
    if (!/^(?:\/\/|\/?\*)/.test(line)) break;
    lines.unshift(line.replace(/^[/*\s]+/, ""));
    from = before;
  }
  return `${lines.join(" ")} `;
}
