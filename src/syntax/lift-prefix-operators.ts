import { type Grammar, NONE, type NodeId, type TreeArrays } from "./tree.ts";

const CHAINS = [
  "call_expression",
  "member_expression",
  "subscript_expression",
  "non_null_expression",
  "instantiation_expression",
] as const;

/**
 * The TypeScript grammars read `await f<T>(x).y` as `(await f)<T>(x).y`: where type arguments follow, the prefix operator is
 * tied too tightly. Only parentheses could mean that, so each such operator is lifted over the calls and members that it
 * stands at the beginning of. In pre-order these nodes are neighbours, so that the repair turns a handful of entries
 * round and leaves all other numbers as they are.
 */
export function liftPrefixOperators(arrays: TreeArrays, grammar: Grammar): void {
  const { size, kind, parent, firstChild } = arrays;
  const { awaiting, unary, chains } = kindsOf(grammar);
  let moves = 0;
  for (let node = 1; node < size; node++) {
    if (kind[node] !== awaiting && kind[node] !== unary) continue;
    const up = parent[node] as number;
    if (firstChild[up] !== node || !chains.has(kind[up] as number)) continue;
    const top = topOfChain(arrays, up, chains);
    moves += node - top;
    // Real code moves a few nodes in a thousand; only a text made for it piles operators on one long chain.
    if (moves > 10 * size) return;
    lift(arrays, node, top);
  }
}

interface Kinds {
  readonly awaiting: number;
  readonly unary: number;
  readonly chains: ReadonlySet<number>;
}

const known = new WeakMap<Grammar, Kinds>();

function kindsOf(grammar: Grammar): Kinds {
  let kinds = known.get(grammar);
  if (!kinds) {
    kinds = {
      awaiting: grammar.kind("await_expression"),
      unary: grammar.kind("unary_expression"),
      chains: new Set(CHAINS.map((name) => grammar.kind(name))),
    };
    known.set(grammar, kinds);
  }
  return kinds;
}

/** The outermost node that begins with the operator. */
function topOfChain(
  { kind, parent, firstChild }: TreeArrays,
  start: NodeId,
  chains: ReadonlySet<number>,
): NodeId {
  let top = start;
  for (;;) {
    const up = parent[top] as number;
    if (up === NONE || firstChild[up] !== top || !chains.has(kind[up] as number)) return top;
    top = up;
  }
}

/** Turns `top … chain, operator node, operator` into `operator node, operator, top … chain`. */
function lift(arrays: TreeArrays, node: NodeId, top: NodeId): void {
  const { kind, field, start, end, parent, firstChild, nextSibling } = arrays;
  const word = firstChild[node] ?? NONE;
  const operand = word === NONE ? NONE : (nextSibling[word] as number);
  // A comment in between would have to move too; nobody writes one.
  if (operand !== node + 2 || nextSibling[operand] !== NONE) return;
  for (let link = top; link < node; link++) reparent(arrays, link);
  const [operandField, topField] = [field[operand] as number, field[top] as number];
  const [after, afterNode] = [nextSibling[top] as number, nextSibling[node] as number];
  const [outer, wholeEnd] = [parent[top] as number, end[top] as number];
  const saved = { kind: kind[word], field: field[word], start: start[word], end: end[word] };
  const [nodeKind, nodeStart, nodeField] = [kind[node], start[node], field[node]];
  for (const column of [kind, field, end, nextSibling]) column.copyWithin(top + 2, top, node);
  for (let link = top + 2; link < operand; link++) {
    start[link] = start[operand] as number;
    parent[link] = link === top + 2 ? top : link - 1;
    firstChild[link] = link + 1;
  }
  kind[top] = nodeKind as number;
  field[top] = topField;
  start[top] = nodeStart as number;
  end[top] = wholeEnd;
  parent[top] = outer;
  firstChild[top] = top + 1;
  nextSibling[top] = after;
  kind[top + 1] = saved.kind as number;
  field[top + 1] = saved.field as number;
  start[top + 1] = saved.start as number;
  end[top + 1] = saved.end as number;
  parent[top + 1] = top;
  firstChild[top + 1] = NONE;
  nextSibling[top + 1] = top + 2;
  field[top + 2] = operandField;
  nextSibling[top + 2] = NONE;
  field[operand] = nodeField as number;
  parent[operand] = operand - 1;
  nextSibling[operand] = afterNode;
}

/** Tells the later children of a node that its number grows by two. */
function reparent({ firstChild, nextSibling, parent }: TreeArrays, link: NodeId): void {
  let child = nextSibling[firstChild[link] ?? NONE] as number;
  for (; child !== NONE; child = nextSibling[child] as number) parent[child] = link + 2;
}
