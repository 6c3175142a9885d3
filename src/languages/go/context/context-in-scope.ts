import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { parametersOf, typeName } from "../calls.ts";
import type { GoResolver } from "../type.ts";

/** A context that code can name, and where it comes from. */
export interface ContextInScope {
  /** `ctx`, or `r.Context()` for a request. */
  readonly text: string;
  /** The function that has it as a parameter. */
  readonly function: NodeId;
  /** Whether a function literal stands between. */
  readonly isOutside: boolean;
}

/** The nearest parameter, of the function around a node or of those around that, that is a context or a request. */
export function contextInScope(
  file: string,
  tree: Tree,
  node: NodeId,
  resolver: GoResolver,
): ContextInScope | undefined {
  let literals = 0;
  for (let at = tree.parentOf(node); at !== NONE; at = tree.parentOf(at)) {
    const kind = tree.kindOf(at);
    const isLiteral = kind === "func_literal";
    if (!isLiteral && kind !== "function_declaration" && kind !== "method_declaration") continue;
    for (const { name, type } of parametersOf(file, tree, at, resolver)) {
      const text = contextText(tree.textOf(name), typeName(type));
      if (text !== undefined) return { text, function: at, isOutside: literals > 0 };
    }
    if (!isLiteral) return undefined;
    literals++;
  }
  return undefined;
}

function contextText(name: string, type: string | undefined): string | undefined {
  if (type === "context.Context") return name;
  return type === "net/http.Request" ? `${name}.Context()` : undefined;
}
