import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";

/** The name of a rule in a directive says nothing of the kind, nor does what somebody else is said to do: `the server does not wait for it`. */
const SAID =
  /(?<!\b(?:does|did) )\b(?:no|not|never|without|missing|don'?t|deliberately|intentionally|purposely)\b[^.\n]{0,30}\b(?:await|wait(?:ing)?\b(?! (?:for )?\d)|return(?:ing)? (?:the |this |a |its )?promise)|\b(?:don'?t|not) care\b|\bfire[- ]and[- ]forget|\bin (?:the )?background\b|\bfloating\b(?!-promise)|\b(?:never|not|cannot|can't)(?: be)? reject|\bun-?suppress/i;

/** Lines of a comment that are read. */
const LONGEST = 4;

/** Whether a comment behind a node, or right above it or what leads up to it, says that nobody is to wait for it. */
export function isSaidNotToWait(tree: Tree, node: NodeId): boolean {
  const { text, start, end } = tree;
  const above = commentAbove(text, start[node] as number);
  const until = text.indexOf("\n", end[node]);
  const behind = text.slice(end[node], until === -1 ? undefined : until).trimEnd();
  if (SAID.test(`${above}${/\/[/*].*$/.exec(behind)?.[0] ?? ""}`)) return true;
  const before = leadingUpTo(tree, node);
  return before !== NONE && SAID.test(commentAbove(text, start[before] as number));
}

/** The call or declaration on the line above that is about the same object: `const stopping = stop(); stopping.then(report);`. */
function leadingUpTo(tree: Tree, node: NodeId): NodeId {
  const statement = tree.parentOf(node);
  const siblings = tree.namedChildren(tree.parentOf(statement));
  const before = siblings[siblings.indexOf(statement) - 1];
  if (before === undefined || !isCallOrDeclaration(tree, before)) return NONE;
  const between = tree.text.slice(tree.end[before], tree.start[statement]);
  const subject = /^(?:this\.)?[#\w$]+/.exec(tree.textOf(node))?.[0];
  if (subject === undefined || (between.match(/\n/g) ?? []).length !== 1) return NONE;
  const words = tree.textOf(before).split(/[^#\w$.]+/);
  const isAbout = words.some((word) => word === subject || word.startsWith(`${subject}.`));
  return isAbout ? before : NONE;
}

function isCallOrDeclaration(tree: Tree, statement: NodeId): boolean {
  if (tree.kindOf(statement) === "lexical_declaration") return true;
  const [expression] = tree.namedChildren(statement);
  return expression !== undefined && tree.kindOf(expression) === "call_expression";
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
