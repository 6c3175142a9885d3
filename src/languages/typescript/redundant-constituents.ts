import { defineAnalysis } from "../../core/analysis.ts";
import type { Confidence, Fix, Problem } from "../../core/finding.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { type JudgedTree, judgedTrees, nodesOf, placeOf } from "./judged-trees.ts";
import { namedNodes } from "./nodes.ts";

/**
 * Members of unions and intersections that another one repeats or takes in. What the text of the file decides: what a name
 * stands for is known where the file has one alias of that name.
 */
export const redundantConstituents = defineAnalysis(
  "redundant constituents",
  (use): readonly Problem[] =>
    judgedTrees(use, /[|&]/).flatMap((file) => {
      const lists = nodesOf(file, "union_type", "intersection_type");
      const aliases: Aliases = lists.length === 0 ? new Map() : aliasesOf(file);
      return lists.flatMap((node) => problemsIn(file, node, aliases));
    }),
);

/** What a type is to a list of types: one of the types that take in or vanish, a primitive type, or literals of one. */
interface Constituent {
  readonly part: NodeId;
  readonly text: string;
  readonly primitive: string | undefined;
  readonly literalOf: string | undefined;
}

interface Loss {
  readonly reason: string;
  readonly confidence?: Confidence;
}

type Aliases = ReadonlyMap<string, NodeId>;

function problemsIn(file: JudgedTree, node: NodeId, aliases: Aliases): Problem[] {
  const { tree } = file;
  const kind = tree.kindOf(node);
  // The grammar nests `a | b | c`: the outermost one speaks for all.
  if (tree.kindOf(outsideParentheses(tree, node)) === kind) return [];
  // It reads `readonly A[] | A[]` as readonly before the whole union.
  if (tree.kindOf(tree.parentOf(node)) === "readonly_type") return [];
  const nodes = constituents(tree, node, kind);
  const parts = nodes.map((part) => described(file, part, aliases));
  const list = kind === "union_type" ? "union" : "intersection";
  const losses = parts.map((part, index): Loss | undefined => {
    if (parts.findIndex(({ text }) => text === part.text) < index)
      return { reason: `stand in the ${list} twice` };
    return list === "union" ? lostInUnion(tree, node, part, parts) : lostInBoth(part, parts);
  });
  const reasons = losses.map((loss) => loss?.reason);
  // A fault in a list of twenty literals is one fault.
  return [...new Set(reasons)].flatMap((reason): Problem[] => {
    const dropped = nodes.filter((_, index) => reasons[index] === reason);
    const [first] = dropped;
    if (reason === undefined || first === undefined) return [];
    const names = parts
      .filter(({ part }) => dropped.includes(part))
      .map(({ part }) => shortened(oneLine(tree.textOf(part))))
      .join(", ");
    const message = `${names} ${dropped.length === 1 ? reason.replace(" ", "s ") : reason}`;
    const isFlat = nodes.every((part) => isDirect(tree, node, part));
    const fixes = isFlat ? [withoutParts(file, nodes, dropped)] : [];
    const { confidence } = losses[reasons.indexOf(reason)] ?? {};
    return [{ at: placeOf(file, first), message, fixes, ...(confidence && { confidence }) }];
  });
}

/** The operands of a chain, in order, those in parentheses as well; without recursion. */
function constituents(tree: Tree, node: NodeId, kind: string): NodeId[] {
  const found: NodeId[] = [];
  const open = [node];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const inner = withoutParentheses(tree, at);
    if (tree.kindOf(inner) === kind) open.push(...namedNodes(tree, inner).reverse());
    else found.push(at);
  }
  return found;
}

/** Whether no parentheses stand between a list and its constituent. */
function isDirect(tree: Tree, list: NodeId, part: NodeId): boolean {
  for (let at = tree.parentOf(part); at !== list && at !== NONE; at = tree.parentOf(at))
    if (tree.kindOf(at) === "parenthesized_type") return false;
  return true;
}

function withoutParentheses(tree: Tree, node: NodeId): NodeId {
  let at = node;
  while (tree.kindOf(at) === "parenthesized_type") {
    const [inner] = namedNodes(tree, at);
    if (inner === undefined) break;
    at = inner;
  }
  return at;
}

function outsideParentheses(tree: Tree, node: NodeId): NodeId {
  let at = tree.parentOf(node);
  while (at !== NONE && tree.kindOf(at) === "parenthesized_type") at = tree.parentOf(at);
  return at;
}

const PRIMITIVE = /^(?:any|unknown|never|string|number|boolean|bigint)$/;

function described(file: JudgedTree, part: NodeId, aliases: Aliases): Constituent {
  const { tree } = file;
  const own = withoutParentheses(tree, part);
  const text = oneLine(tree.textOf(own));
  const node = aliased(tree, own, aliases);
  const word = tree.textOf(node);
  return {
    part,
    text,
    primitive: PRIMITIVE.test(word) ? word : undefined,
    literalOf: literalsOf(tree, node),
  };
}

/** Aliases of aliases are followed so far. */
const DEPTH = 4;

function aliased(tree: Tree, node: NodeId, aliases: Aliases): NodeId {
  let at = node;
  for (let depth = 0; depth < DEPTH && tree.kindOf(at) === "type_identifier"; depth++) {
    const value = PRIMITIVE.test(tree.textOf(at)) ? undefined : aliases.get(tree.textOf(at));
    if (value === undefined) break;
    at = withoutParentheses(tree, value);
  }
  return at;
}

/** What the names of the file stand for that one alias without type parameters declares, at the top of the file, and nothing else. */
function aliasesOf(file: JudgedTree): Aliases {
  const { tree } = file;
  const found = new Map<string, NodeId>();
  const taken = new Set(
    nodesOf(file, "type_parameter").map((node) => tree.textOf(tree.childIn(node, "name"))),
  );
  for (const node of nodesOf(file, "type_alias_declaration")) {
    const [name, value] = [tree.childIn(node, "name"), tree.childIn(node, "value")];
    if (name === NONE || value === NONE) continue;
    const word = tree.textOf(name);
    const isGeneric = tree.childIn(node, "type_parameters") !== NONE;
    if (isGeneric || found.has(word) || !isAtTop(tree, node)) taken.add(word);
    else found.set(word, value);
  }
  for (const word of taken) found.delete(word);
  return found;
}

function isAtTop(tree: Tree, node: NodeId): boolean {
  const parent = tree.parentOf(node);
  const outer = tree.kindOf(parent) === "export_statement" ? tree.parentOf(parent) : parent;
  return tree.kindOf(outer) === "program";
}

/** Why a constituent of a union is lost: `string` takes a string literal in, `any` and `unknown` everything, and `never` is nobody. */
function lostInUnion(
  tree: Tree,
  union: NodeId,
  part: Constituent,
  parts: readonly Constituent[],
): Loss | undefined {
  const wide = (name: string) => parts.find(({ primitive }) => primitive === name);
  const top = wide("any") ?? wide("unknown");
  if (top) return besideTop(part, top);
  // In a result it says that the function may throw.
  if (part.primitive === "never" && !isInResult(tree, union))
    return { reason: "add nothing to a union" };
  // True, and a way of writing.
  if (part.text === "undefined" && isOptionalParameter(tree, union))
    return { reason: "add nothing to an optional parameter", confidence: "low" };
  const primitive = part.literalOf && wide(part.literalOf);
  return primitive ? { reason: `add nothing beside ${primitive.text}` } : undefined;
}

/** Why a constituent of an intersection is lost: beside `never` and `any` everything is, `unknown` always, `string` beside one of its literals. */
function lostInBoth(part: Constituent, parts: readonly Constituent[]): Loss | undefined {
  const narrow = (name: string) => parts.find(({ primitive }) => primitive === name);
  const top = narrow("never") ?? narrow("any");
  if (top) return besideTop(part, top);
  if (part.primitive === "unknown") return { reason: "add nothing to an intersection" };
  const literal = parts.find(({ literalOf }) => literalOf !== undefined);
  return literal && part.primitive === literal.literalOf
    ? { reason: `add nothing beside ${shortened(literal.text)}` }
    : undefined;
}

/** An alias of `any` may say what is meant one day: `type Selector = any`. */
function besideTop(part: Constituent, top: Constituent): Loss | undefined {
  if (part.primitive === top.primitive) return undefined;
  const reason = `add nothing beside ${top.text}`;
  return top.text === top.primitive ? { reason } : { reason, confidence: "low" };
}

/** Whether it is a result, or of one: `never | void`, `Promise<string | never>`. */
function isInResult(tree: Tree, union: NodeId): boolean {
  let at = outsideParentheses(tree, union);
  while (/^(?:type_arguments|generic_type)$/.test(tree.kindOf(at)))
    at = outsideParentheses(tree, at);
  if (tree.kindOf(at) === "type_annotation")
    return tree.childIn(tree.parentOf(at), "return_type") === at;
  return tree.kindOf(at) === "function_type";
}

function isOptionalParameter(tree: Tree, union: NodeId): boolean {
  const annotation = outsideParentheses(tree, union);
  return (
    tree.kindOf(annotation) === "type_annotation" &&
    tree.kindOf(tree.parentOf(annotation)) === "optional_parameter"
  );
}

/** The primitive type that the literals of a type belong to, of all of them one. */
function literalsOf(tree: Tree, node: NodeId): string | undefined {
  const kinds = new Set(
    constituents(tree, node, "union_type").map((part) =>
      literalOf(tree, withoutParentheses(tree, part)),
    ),
  );
  const [only] = kinds;
  return kinds.size === 1 ? only : undefined;
}

function literalOf(tree: Tree, part: NodeId): string | undefined {
  if (tree.kindOf(part) === "template_literal_type") return "string";
  if (tree.kindOf(part) !== "literal_type") return undefined;
  const [inner] = tree.namedChildren(part);
  const kind = inner === undefined ? "" : tree.kindOf(inner);
  if (kind === "string") return "string";
  if (kind === "true" || kind === "false") return "boolean";
  if (kind !== "number" && kind !== "unary_expression") return undefined;
  return tree.textOf(part).endsWith("n") ? "bigint" : "number";
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
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
