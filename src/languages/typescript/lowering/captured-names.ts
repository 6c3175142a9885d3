import type { NodeId, Tree } from "../../../syntax/tree.ts";
import { isFunctionNode } from "./function-nodes.ts";

/** The names that functions inside a function mention: its locals among them may be shared. Found when first asked for. */
export class CapturedNames {
  readonly #tree: Tree;
  readonly #functionNode: NodeId;
  #names: ReadonlySet<string> | undefined;

  constructor(tree: Tree, functionNode: NodeId) {
    this.#tree = tree;
    this.#functionNode = functionNode;
  }

  has(name: string): boolean {
    this.#names ??= this.#find();
    return this.#names.has(name);
  }

  #find(): Set<string> {
    const names = new Set<string>();
    const tree = this.#tree;
    const end = tree.afterSubtree(this.#functionNode);
    let inside = this.#functionNode;
    for (let node = this.#functionNode + 1; node < end; node++) {
      if (node >= inside && isFunctionNode(tree, node)) inside = tree.afterSubtree(node);
      if (node < inside && isName(tree, node)) names.add(tree.textOf(node));
    }
    return names;
  }
}

function isName(tree: Tree, node: NodeId): boolean {
  const kind = tree.kindOf(node);
  return kind === "identifier" || kind.startsWith("shorthand_property_identifier");
}
