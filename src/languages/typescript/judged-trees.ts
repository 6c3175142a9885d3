import type { Use } from "../../core/analysis.ts";
import type { Place } from "../../core/position.ts";
import type { NodeId, Tree } from "../../syntax/tree.ts";
import { isDamaged } from "./damage.ts";
import { typescriptModules } from "./modules.ts";

/** A file to judge, with its tree. */
export interface JudgedTree {
  readonly path: string;
  readonly tree: Tree;
}

/** The judged files whose text is of interest; the others aren't parsed for it. */
export function judgedTrees(use: Use, interest: RegExp): readonly JudgedTree[] {
  const { judged, module, text } = use(typescriptModules);
  return judged.flatMap((path): JudgedTree[] => {
    const tree = interest.test(text(path) ?? "") ? module(path)?.tree : undefined;
    return tree ? [{ path, tree }] : [];
  });
}

/** The nodes of these kinds, in order, those around a syntax error left out. */
export function nodesOf({ tree }: JudgedTree, ...kinds: readonly string[]): NodeId[] {
  const wanted = new Set(kinds.map((kind) => tree.grammar.kind(kind)));
  const found: NodeId[] = [];
  for (let node = 0; node < tree.size; node++)
    if (wanted.has(tree.kind[node] as number) && !isDamaged(tree, node)) found.push(node);
  return found;
}

export function placeOf({ path, tree }: JudgedTree, node: NodeId): Place {
  return { file: path, ...tree.spanOf(node) };
}
