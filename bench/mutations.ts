import type { Span } from "../src/core/position.ts";
import type { GrammarName, NodeId, Tree } from "../src/syntax/tree.ts";
import { NONE } from "../src/syntax/tree.ts";
import { functionAround, isNeeded, isWaitedFor, needsRoom, nodesOf } from "./needed-in-go.ts";

/**
 * A way to break code that works: what is cut out of a file, at every place where it can be done. What does no harm for certain, as far
 * as the file shows, is no place:
 *
 * - a Lock in a function that prepares its object, by its name, or around what no other code of the file writes;
 * - the buffer of a channel unless its own function sends before it receives, drops what finds no room, or may stop receiving;
 * - a close of a channel that nobody of the file receives from, or only beside other cases that end the wait as well;
 * - a Done of a group that nobody of the file waits for.
 */
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
        if (before === NONE || tree.textOf(before) !== lock) return [];
        return isNeeded(tree, node) ? [[tree.spanOf(before), tree.spanOf(node)]] : [];
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
        if (!found?.[1] || !needsRoom(tree, node)) return [];
        const end = (tree.end[node] as number) - 1;
        return [[{ start: end - found[1].length, end }]];
      }),
  },
  {
    name: "a close of a channel",
    grammars: GO,
    sites: (tree) =>
      [
        ...statements(tree, "expression_statement", /^close\([\w.]+\)$/),
        ...statements(tree, "defer_statement", /^defer close\([\w.]+\)$/),
      ]
        .filter((node) => isWaitedFor(tree, /(\w+)\)$/.exec(tree.textOf(node))?.[1] ?? ""))
        .map((node) => [tree.spanOf(node)]),
  },
  {
    name: "a Done of a WaitGroup",
    grammars: GO,
    sites: (tree) =>
      statements(tree, "defer_statement", /^defer [\w.]*[wW][gG]?\w*\.Done\(\)$/)
        .filter((node) => {
          const group = /(\w+)\.Done/.exec(tree.textOf(node))?.[1] ?? "";
          return new RegExp(`\\b${group}\\.Wait\\(`).test(tree.text);
        })
        .map((node) => [tree.spanOf(node)]),
  },
  {
    name: "an await of a call that stands alone",
    grammars: TYPESCRIPT,
    sites: (tree) =>
      nodesOf(tree, "await_expression")
        .filter((node) => parentKind(tree, node) === "expression_statement")
        .filter((node) => /^await [\w.]+\(/.test(tree.textOf(node)))
        .map((node) => wordOf(tree, node, "await ")),
  },
  {
    name: "an await in an expression",
    grammars: TYPESCRIPT,
    sites: (tree) =>
      nodesOf(tree, "await_expression")
        .filter((node) => !/^(expression|return)_st|^arrow_/.test(parentKind(tree, node)))
        .map((node) => wordOf(tree, node, "await ")),
  },
  {
    name: "an await before a return in try",
    grammars: TYPESCRIPT,
    sites: (tree) =>
      nodesOf(tree, "await_expression")
        .filter((node) => parentKind(tree, node) === "return_statement" && isTried(tree, node))
        .map((node) => wordOf(tree, node, "await ")),
  },
  {
    name: "a clearTimeout or clearInterval",
    grammars: TYPESCRIPT,
    sites: (tree) => cut(tree, "expression_statement", /^([\w.]+\.)?clear(Timeout|Interval)\(/),
  },
  {
    name: "a release in finally",
    grammars: TYPESCRIPT,
    sites: (tree) =>
      statements(
        tree,
        "expression_statement",
        /^(await )?[\w.?]*(release|unlock|disconnect|close|destroy|end)\w*\(/i,
      )
        .filter((node) => isInside(tree, node, "finally_clause"))
        .map((node) => [tree.spanOf(node)]),
  },
  {
    name: "a removal of a listener",
    grammars: TYPESCRIPT,
    sites: (tree) =>
      cut(tree, "expression_statement", /^[\w.?!]+\.(off|removeListener|removeEventListener)\(/),
  },
  {
    name: "an entry of an in-flight map",
    grammars: TYPESCRIPT,
    sites: (tree) =>
      cut(tree, "expression_statement", /^[\w.?!#]*(pending|in_?flight|promise)\w*\.set\(/i),
  },
];

function cut(tree: Tree, kind: string, text: RegExp): Span[][] {
  return statements(tree, kind, text).map((node) => [tree.spanOf(node)]);
}

function statements(tree: Tree, kind: string, text: RegExp): NodeId[] {
  return nodesOf(tree, kind).filter((node) => text.test(tree.textOf(node)));
}

/** A word and its space at the start of a node. */
function wordOf(tree: Tree, node: NodeId, word: string): Span[] {
  const start = tree.start[node] as number;
  return [{ start, end: start + word.length }];
}

function parentKind(tree: Tree, node: NodeId): string {
  return tree.kindOf(tree.parentOf(node));
}

/** Whether a rejection here would be caught, or something would be cleaned up too early without a wait. */
function isTried(tree: Tree, node: NodeId): boolean {
  for (let at = node; at !== NONE; at = tree.parentOf(at)) {
    const parent = tree.parentOf(at);
    if (parent === NONE || /function|method/.test(tree.kindOf(parent))) return false;
    if (tree.kindOf(parent) === "try_statement" && tree.namedChildren(parent)[0] === at)
      return true;
  }
  return false;
}

function isInside(tree: Tree, node: NodeId, kind: string): boolean {
  let at = tree.parentOf(node);
  while (at !== NONE && !/function|method/.test(tree.kindOf(at))) {
    if (tree.kindOf(at) === kind) return true;
    at = tree.parentOf(at);
  }
  return false;
}

/** The named sibling before a node. */
function previous(tree: Tree, node: NodeId): NodeId {
  const siblings = tree.namedChildren(tree.parentOf(node));
  return siblings[siblings.indexOf(node) - 1] ?? NONE;
}
