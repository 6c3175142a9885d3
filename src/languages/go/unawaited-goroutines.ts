import { defineAnalysis } from "../../core/analysis.ts";
import { NONE, type NodeId, type Tree } from "../../syntax/tree.ts";
import { behindPointer } from "./behind-pointer.ts";
import { functionAround } from "./calls.ts";
import { goPackage, goResolver } from "./go-analyses.ts";
import type { GoFile } from "./go-file.ts";
import type { GoResolver } from "./type.ts";

/**
 * A `go` statement whose function may return while the goroutine still runs: nothing that follows could wait for it. A receive,
 * a select, a Wait, and a channel, WaitGroup or group that the goroutine shares with what follows all may.
 */
export interface UnawaitedGoroutine {
  readonly file: GoFile;
  readonly tree: Tree;
  /** The `go` statement. */
  readonly node: NodeId;
  /** The function that it stands in. */
  readonly owner: NodeId;
}

const INTEREST = /\bgo\s+(?:func\b|\w)/;

export const unawaitedGoroutines = defineAnalysis(
  "unawaited goroutines",
  (use): UnawaitedGoroutine[] => {
    const resolver = use(goResolver);
    const found: UnawaitedGoroutine[] = [];
    for (const file of use(goPackage).files) {
      const tree = file.isJudged && INTEREST.test(file.text) ? file.tree : undefined;
      if (!tree) continue;
      const go = tree.grammar.kind("go_statement");
      for (let node = 0; node < tree.size; node++) {
        if (tree.kind[node] !== go) continue;
        const owner = functionAround(tree, node);
        if (owner !== NONE && !isAwaited(file, tree, node, owner, resolver))
          found.push({ file, tree, node, owner });
      }
    }
    return found;
  },
);

const WAITING: ReadonlySet<string> = new Set([
  "select_statement",
  "receive_statement",
  "for_statement",
]);

/** Something in the function, outside of the goroutine, may wait for it. */
function isAwaited(
  file: GoFile,
  tree: Tree,
  node: NodeId,
  owner: NodeId,
  resolver: GoResolver,
): boolean {
  const after = tree.afterSubtree(node);
  const end = tree.afterSubtree(owner);
  const shared = sharedNames(file, tree, node, resolver);
  for (let at = owner; at < end; at++) {
    if (at === node) {
      at = after - 1;
      continue;
    }
    const kind = tree.kindOf(at);
    if (kind === "identifier" && at > after && shared.has(tree.textOf(at))) return true;
    if (kind === "unary_expression" && tree.textOf(at).startsWith("<-")) return true;
    if (WAITING.has(kind) && isWait(tree, at)) return true;
    if (kind === "call_expression" && isWaitCall(tree, at)) return true;
  }
  return false;
}

function isWait(tree: Tree, at: NodeId): boolean {
  if (tree.kindOf(at) !== "for_statement") return true;
  return /^for\s+(?:\w+\s*:?=\s*)?range\s+\w*(?:ch|done|results|errs|errors)\b/i.test(
    tree.textOf(at).slice(0, 60),
  );
}

const WAIT_NAMES = /(?:^|\.)(?:\w*Wait\w*|Join|Acquire|Recv)$/;

function isWaitCall(tree: Tree, call: NodeId): boolean {
  const callee = tree.childIn(call, "function");
  return callee !== NONE && WAIT_NAMES.test(tree.textOf(callee));
}

/** Channels, WaitGroups and the like that the goroutine names, and functions that may be the end of them. */
function sharedNames(
  file: GoFile,
  tree: Tree,
  node: NodeId,
  resolver: GoResolver,
): ReadonlySet<string> {
  const names = new Set<string>();
  const end = tree.afterSubtree(node);
  for (let at = node; at < end; at++) {
    if (tree.kindOf(at) !== "identifier") continue;
    const symbol = resolver.symbolAt(file.path, at);
    if (symbol?.kind !== "variable" || symbol.variable.node >= node) continue;
    const type = resolver.underlying(symbol.variable.type());
    const text = symbol.variable.type();
    const named = behindPointer(text);
    const isGroup = named.kind === "named" && /Group$|^Once$|^Cond$/.test(named.name);
    if (type.kind === "channel" || type.kind === "unknown" || isGroup)
      names.add(symbol.variable.name);
  }
  return names;
}
