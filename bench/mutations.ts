import type { Span } from "../src/core/position.ts";
import type { GrammarName, NodeId, Tree } from "../src/syntax/tree.ts";
import { NONE } from "../src/syntax/tree.ts";

/** A way to break code that works: what is cut out of a file, at every place where it can be done. */
export interface Mutation {
  readonly name: string;
  readonly grammars: readonly GrammarName[];
  /** Spans to cut out, a list for each place. */
  sites(tree: Tree): readonly (readonly Span[])[];
}

const TYPESCRIPT: readonly GrammarName[] = ["typescript", "tsx"];
const GO: readonly GrammarName[] = ["go"];

export const mutations: readonly Mutation[] = [
  {
    name: "an Unlock on one of several paths",
    grammars: GO,
    sites(tree) {
      const unlocks = statements(tree, "expression_statement", /^[\w.]+\.R?Unlock\(\)$/);
      return unlocks
        .filter((one) => {
          const around = functionAround(tree, one);
          const alike = unlocks.filter((other) => tree.textOf(other) === tree.textOf(one));
          return alike.filter((other) => functionAround(tree, other) === around).length > 1;
        })
        .map((node) => [tree.spanOf(node)]);
    },
  },
  {
    name: "a deferred Unlock",
    grammars: GO,
    sites: (tree) => cut(tree, "defer_statement", /^defer [\w.]+\.R?Unlock\(\)$/),
  },
  {
    name: "a Lock with its deferred Unlock",
    grammars: GO,
    sites: (tree) =>
      statements(tree, "defer_statement", /^defer [\w.]+\.Unlock\(\)$/).flatMap((node) => {
        const before = previous(tree, node);
        const lock = tree.textOf(node).replace(/^defer (.*)Unlock/, "$1Lock");
        return before !== NONE && tree.textOf(before) === lock
          ? [[tree.spanOf(before), tree.spanOf(node)]]
          : [];
      }),
  },
  {
    name: "a deferred cancel",
    grammars: GO,
    sites: (tree) => cut(tree, "defer_statement", /^defer \w*[cC]ancel\(\)$/),
  },
  {
    name: "the buffer of a channel",
    grammars: GO,
    sites: (tree) =>
      nodesOf(tree, "call_expression").flatMap((node) => {
        const found = /^make\(chan [^,()]+(,\s*[^,()]+)\)$/.exec(tree.textOf(node));
        if (!found?.[1]) return [];
        const end = (tree.end[node] as number) - 1;
        return [[{ start: end - found[1].length, end }]];
      }),
  },
  {
    name: "a close of a channel",
    grammars: GO,
    sites: (tree) => [
      ...cut(tree, "expression_statement", /^close\([\w.]+\)$/),
      ...cut(tree, "defer_statement", /^defer close\([\w.]+\)$/),
    ],
  },
  {
    name: "a Done of a WaitGroup",
    grammars: GO,
    sites: (tree) => cut(tree, "defer_statement", /^defer \w*[wW][gG]?\w*\.Done\(\)$/),
  },
  {
    name: "an await of a call that stands alone",
    grammars: TYPESCRIPT,
    sites: (tree) =>
      statements(tree, "expression_statement", /^await [\w.]+\(/).map((node) => {
        const start = tree.start[node] as number;
        return [{ start, end: start + "await ".length }];
      }),
  },
];

function cut(tree: Tree, kind: string, text: RegExp): Span[][] {
  return statements(tree, kind, text).map((node) => [tree.spanOf(node)]);
}

function statements(tree: Tree, kind: string, text: RegExp): NodeId[] {
  return nodesOf(tree, kind).filter((node) => text.test(tree.textOf(node)));
}

function nodesOf(tree: Tree, kind: string): NodeId[] {
  const wanted = tree.grammar.kind(kind);
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++) if (tree.kind[node] === wanted) found.push(node);
  return found;
}

function functionAround(tree: Tree, node: NodeId): NodeId {
  let at = tree.parentOf(node);
  while (at !== NONE && !/function|method|func_literal/.test(tree.kindOf(at)))
    at = tree.parentOf(at);
  return at;
}

/** The named sibling before a node. */
function previous(tree: Tree, node: NodeId): NodeId {
  const siblings = tree.namedChildren(tree.parentOf(node));
  return siblings[siblings.indexOf(node) - 1] ?? NONE;
}
