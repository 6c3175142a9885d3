import type { NodeId, Tree } from "../../syntax/tree.ts";

/** The name of a rule in a directive says nothing of the kind. */
const SAID =
  /\b(?:no|not|never|without|missing|don'?t|deliberately|intentionally|purposely)\b[^.\n]{0,30}\b(?:await|wait(?:ing)?\b(?! (?:for )?\d))|\b(?:don'?t|not) care\b|\bfire[- ]and[- ]forget|\bin (?:the )?background\b|\bfloating\b(?!-promise)|\b(?:never|not|cannot|can't)(?: be)? reject/i;

/** Whether a comment behind a node, or in the line above it, says that nobody is to wait for it. */
export function isSaidNotToWait({ text, start, end }: Tree, node: NodeId): boolean {
  const from = text.lastIndexOf("\n", start[node]) + 1;
  const above = text.slice(text.lastIndexOf("\n", from - 2) + 1, from).trimStart();
  const until = text.indexOf("\n", end[node]);
  const behind = text.slice(end[node], until === -1 ? undefined : until).trimEnd();
  const comment = `${/^(?:\/\/|\/?\*)/.test(above) ? above : ""}${/\/[/*].*$/.exec(behind)?.[0] ?? ""}`;
  return SAID.test(comment);
}
