import { defineAnalysis } from "../../../core/analysis.ts";
import type { Place } from "../../../core/position.ts";
import type { NodeId, Tree } from "../../../syntax/tree.ts";
import { callsOf, functionAround, hasCommentAbove, nameOfFunction, placeOf } from "../calls.ts";
import { goPackage, goResolver } from "../go-analyses.ts";
import { printType } from "../print-type.ts";
import type { GoResolver, GoType } from "../type.ts";

/** A value that is copied to the heap each time it is put into a pool. */
export interface PoolValue {
  readonly at: Place;
  readonly value: string;
  readonly type: string;
}

/** Values that do not fit into one pointer, as far as their types are known. */
export const poolValues = defineAnalysis("values in pools", (use): PoolValue[] => {
  const resolver = use(goResolver);
  const files = use(goPackage).files.filter(({ isTest }) => !isTest);
  return callsOf(files, resolver, new Set(["Put"])).flatMap(
    ({ file, tree, node, name, arguments: [value] }) => {
      if (name !== "sync.Pool.Put" || value === undefined) return [];
      if (isWrapper(tree, node) || hasCommentAbove(tree, tree.spanOf(node))) return [];
      const type = resolver.typeOf(file.path, value);
      if (!isCopied(type, resolver)) return [];
      return [{ at: placeOf(file, tree, value), value: tree.textOf(value), type: printType(type) }];
    },
  );
});

const WORDS: ReadonlySet<string> = new Set(["any", "error", "unsafe.Pointer"]);

function isCopied(type: GoType, resolver: GoResolver): boolean {
  const under = resolver.underlying(type);
  switch (under.kind) {
    case "slice":
      return true;
    case "array":
      return true;
    case "struct": {
      const [first, ...others] = under.fields;
      if (others.length > 0) return true;
      // A pointer in a struct of its own is no more than the pointer.
      return first !== undefined && isCopied(first.type, resolver);
    }
    case "basic":
      return !WORDS.has(under.name);
    default:
      return false;
  }
}

/** `func (p *bufferPool) Put(b []byte)`, as `httputil.BufferPool` wants it: the type is not one's own choice. */
function isWrapper(tree: Tree, node: NodeId): boolean {
  return nameOfFunction(tree, functionAround(tree, node)) === "Put";
}
