import { defineAnalysis } from "../../core/analysis.ts";
import type { Fix, Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { namedNodes } from "./nodes.ts";

/** Members of unions and intersections that another one repeats or takes in. Only what the text alone decides. */
export const redundantConstituents = defineAnalysis(
  "redundant constituents",
  (use): readonly Problem[] =>
    judgedTrees(use, /[|&]/).flatMap((file) =>
      nodesOf(file, "union_type", "intersection_type").flatMap((node) => problemsIn(file, node)),
    ),
);

function problemsIn(file: JudgedTree, node: NodeId): Problem[] {
  const { tree } = file;
  const kind = tree.kindOf(node);
  // The grammar nests `a | b | c`: the outermost one speaks for all.
  if (tree.kindOf(tree.parentOf(node)) === kind) return [];
  // It reads `readonly A[] | A[]` as readonly before the whole union.
  if (tree.kindOf(tree.parentOf(node)) === "readonly_type") return [];
  const parts = constituents(tree, node, kind);
  const texts = parts.map((part) => tree.textOf(part).replace(/\s+/g, " "));
  const list = kind === "union_type" ? "union" : "intersection";
  const reasons = parts.map((part, index) => {
    if (texts.indexOf(texts[index] ?? "") < index) return `stand in the ${list} twice`;
    const by = kind === "union_type" ? absorber(tree, part, texts) : undefined;
    return by === undefined ? undefined : `add nothing beside ${by}`;
  });
  // A fault in a list of twenty literals is one fault.
  return [...new Set(reasons)].flatMap((reason): Problem[] => {
    const dropped = parts.filter((_, index) => reasons[index] === reason);
    const [first] = dropped;
    if (reason === undefined || first === undefined) return [];
    const names = dropped.map((part) => shortened(texts[parts.indexOf(part)] ?? "")).join(", ");
    const message = `${names} ${dropped.length === 1 ? reason.replace(" ", "s ") : reason}`;
    return [{ at: placeOf(file, first), message, fixes: [withoutParts(file, parts, dropped)] }];
  });
}

/** The operands of a chain, in order, without recursion. */
function constituents(tree: Tree, node: NodeId, kind: string): NodeId[] {
  const found: NodeId[] = [];
  const open = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    if (tree.kindOf(at) === kind) open.push(...namedNodes(tree, at).reverse());
    else found.push(at);
  return found;
}

/** The constituent of a union that takes this one in: `string` a string literal, `any` and `unknown` everything. */
function absorber(tree: Tree, part: NodeId, texts: readonly string[]): string | undefined {
  const text = tree.textOf(part);
  if (text !== "any" && texts.includes("any")) return "any";
  if (text !== "unknown" && text !== "any" && texts.includes("unknown")) return "unknown";
  const primitive = literalOf(tree, part);
  return primitive !== undefined && texts.includes(primitive) ? primitive : undefined;
}

function literalOf(tree: Tree, part: NodeId): string | undefined {
  if (tree.kindOf(part) === "template_literal_type") return "string";
  if (tree.kindOf(part) !== "literal_type") return undefined;
  const [inner] = tree.namedChildren(part);
  const kind = inner === undefined ? "" : tree.kindOf(inner);
  if (kind === "string") return "string";
  if (kind === "true" || kind === "false") return "boolean";
  return kind === "number" || kind === "unary_expression" ? "number" : undefined;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** Takes constituents away, each with the operator before it, or the one after it where nothing stays before it. */
function withoutParts(
  { tree, path }: JudgedTree,
  parts: readonly NodeId[],
  dropped: readonly NodeId[],
): Fix {
  const firstKept = parts.findIndex((part) => !dropped.includes(part));
  const edits = dropped.map((part) => {
    const index = parts.indexOf(part);
    const isBeforeKept = index < firstKept;
    const start = isBeforeKept ? tree.start[part] : tree.end[parts[index - 1] ?? NONE];
    const end = isBeforeKept ? tree.start[parts[index + 1] ?? NONE] : tree.end[part];
    return { file: path, start: start as number, end: end as number, text: "" };
  });
  return {
    kind: "safe",
    description: dropped.length === 1 ? "leave it out" : "leave them out",
    edits,
  };
}
