import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { nameOfFunction } from "../calls.ts";
import { requestHandlers } from "../contracts/request-handlers.ts";
import { goPackage } from "../go-analyses.ts";
import type { GoFile } from "../go-file.ts";
import { nodesOfKind } from "../nodes-of-kind.ts";

/**
 * A handler of requests, or a function that it calls, loads what the cache does not have, each request for itself:
 *
 *     page, ok := cache.Get(key)
 *     if !ok { page, err = render(ctx, key); cache.Set(key, page) }
 */
export interface CacheMiss {
  readonly at: Place;
  readonly cache: string;
  /** The call that loads. */
  readonly loader: string;
  readonly askedAt: Place;
  readonly filledAt: Place;
}

const INTEREST = /\.(?:Get|Load|Peek|Lookup)\w*\(/;
const ASKS =
  /^(?:if\s+)?(\w+)\s*,\s*(\w+)\s*:?=\s*((?:\w+\.)+)(?:Get|Load|Peek|Lookup)\w*\((?:\w*ctx\w*,\s*|\w+\.Context\(\),\s*)?([^,()]+(?:\([^()]*\))?)\)/;
/** One of many is let through, or the others wait. */
const ONE_AT_A_TIME =
  /singleflight|\.Do\(|\.DoChan\(|Lock\(|LoadOrStore|\bonce\b|inflight|GetOrSet|GetOrLoad|sem\b/i;

export const cacheMisses = defineAnalysis("cache misses", (use): CacheMiss[] => {
  const handlers = new Set(use(requestHandlers));
  if (handlers.size === 0) return [];
  const { files } = use(goPackage);
  const called = new Set<string>();
  const bodies: { readonly file: GoFile; readonly tree: Tree; readonly node: NodeId }[] = [];
  for (const file of files) {
    const tree = file.isJudged && !file.isTest ? file.tree : undefined;
    for (const node of tree ? functionsIn(tree) : []) {
      if (!tree || !handlers.has(`${file.path}:${tree.start[node]}`)) continue;
      bodies.push({ file, tree, node });
      for (const [, name] of tree.textOf(node).matchAll(/\b(\w+)\(/g)) if (name) called.add(name);
    }
  }
  for (const file of files) {
    const tree = file.isJudged && !file.isTest && INTEREST.test(file.text) ? file.tree : undefined;
    for (const node of tree ? functionsIn(tree) : []) {
      if (!tree || handlers.has(`${file.path}:${tree.start[node]}`)) continue;
      const name = nameOfFunction(tree, node);
      if (name !== "" && called.has(name)) bodies.push({ file, tree, node });
    }
  }
  const found = new Map<string, CacheMiss>();
  for (const { file, tree, node } of bodies)
    for (const miss of missesIn(file, tree, node))
      found.set(`${miss.at.file} ${miss.at.start}`, miss);
  return [...found.values()];
});

function functionsIn(tree: Tree): NodeId[] {
  return ["function_declaration", "method_declaration", "func_literal"].flatMap((kind) =>
    nodesOfKind(tree, kind),
  );
}

function missesIn(file: GoFile, tree: Tree, owner: NodeId): CacheMiss[] {
  const text = tree.textOf(owner);
  if (!INTEREST.test(text) || ONE_AT_A_TIME.test(text)) return [];
  return nodesOfKind(tree, "if_statement", owner).flatMap((test): CacheMiss[] => {
    const consequence = tree.childIn(test, "consequence");
    const head = tree.text.slice(tree.start[test], tree.start[consequence]);
    const asked = asksBefore(tree, test, head);
    if (!asked) return [];
    const [, , ok = "", cache = "", key = ""] =
      ASKS.exec(tree.text.slice(asked.start, asked.end)) ?? [];
    if (!/cache/i.test(cache) || !new RegExp(`!${ok}\\b|\\b${ok}\\s*!=\\s*nil`).test(head))
      return [];
    const filled = new RegExp(
      `${escaped(cache)}(?:Set|Put|Add|Store|Insert)\\w*\\((?:\\w*ctx\\w*,\\s*|\\w+\\.Context\\(\\),\\s*)?${escaped(key)}\\b`,
    ).exec(tree.text.slice(tree.start[test], tree.end[owner]));
    const fillStart = (tree.start[test] ?? 0) + (filled?.index ?? 0);
    const loading = tree.text.slice(tree.start[test], fillStart);
    const loader = /(?:\w+\s*,\s*)?err\s*:?=\s*([\w.]+)\((?:\w*[cC]tx\b|\w+\.Context\(\))/.exec(
      loading,
    );
    if (!filled || !loader?.[1]) return [];
    const loadStart = (tree.start[test] ?? 0) + loader.index;
    return [
      {
        at: { file: file.path, start: loadStart, end: loadStart + loader[0].length },
        cache: cache.replace(/\.$/, ""),
        loader: loader[1],
        askedAt: { file: file.path, ...asked },
        filledAt: { file: file.path, start: fillStart, end: fillStart + filled[0].length },
      },
    ];
  });
}

/** The question whose answer is tested: in the head, or right before. */
function asksBefore(
  tree: Tree,
  test: NodeId,
  head: string,
): { readonly start: number; readonly end: number } | undefined {
  const start = tree.start[test] ?? 0;
  if (ASKS.test(head)) return { start, end: start + head.length };
  const siblings = tree.namedChildren(tree.parentOf(test));
  const before = siblings[siblings.indexOf(test) - 1];
  return before !== undefined && before !== NONE && ASKS.test(tree.textOf(before))
    ? tree.spanOf(before)
    : undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
