import type { Span } from "../core/position.ts";

/** The grammars we parse with. `typescript` also reads plain JavaScript; `tsx` reads JSX in both. */
export type GrammarName = "go" | "typescript" | "tsx";

/** A node is its index in the flat tree, in pre-order; 0 is the root. */
export type NodeId = number;

/** No such node. It has no children and no parent. */
export const NONE = -1;

/** Names of a grammar's kinds and fields. One instance a grammar: kinds and fields compare by number. */
export interface Grammar {
  readonly name: GrammarName;
  /** By kind number. The two last kinds of tree-sitter, ERROR (65535) and the like, are answered too. */
  kindName(kind: number): string;
  isNamed(kind: number): boolean;
  /** The numbers of a kind name: one for the named and perhaps one for the anonymous node. Throws on an unknown name. */
  kind(name: string, named?: boolean): number;
  /** Throws on an unknown name, so that a typing error is found at start. */
  field(name: string): number;
}

/** The arrays of a finished parse, each of `size` entries. */
export interface TreeArrays {
  readonly size: number;
  readonly kind: Uint16Array;
  /** Field of the node in its parent, 0 for none. */
  readonly field: Uint16Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** NONE for the root. */
  readonly parent: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
}

/**
 * A flat syntax tree: all that the layers above see of the parser. Offsets are UTF-16 units of `text`, which is the
 * text as read (rewrites keep every offset). Walk it by loops over `firstChild` and `nextSibling`, or over all ids from
 * 0 to `size`, never by recursion: a tree 100,000 deep is an input.
 */
export class Tree {
  readonly grammar: Grammar;
  readonly text: string;
  readonly size: number;
  readonly kind: Uint16Array;
  readonly field: Uint16Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly parent: Int32Array;
  readonly firstChild: Int32Array;
  readonly nextSibling: Int32Array;
  /** Where the text could not be understood: spans of ERROR and MISSING nodes, in order; empty for a clean parse. */
  readonly damage: readonly Span[];

  constructor(grammar: Grammar, text: string, arrays: TreeArrays, damage: readonly Span[]) {
    this.grammar = grammar;
    this.text = text;
    this.size = arrays.size;
    this.kind = arrays.kind;
    this.field = arrays.field;
    this.start = arrays.start;
    this.end = arrays.end;
    this.parent = arrays.parent;
    this.firstChild = arrays.firstChild;
    this.nextSibling = arrays.nextSibling;
    this.damage = damage;
  }

  /** The name of a node's kind, such as `call_expression` or `"("`. */
  kindOf(node: NodeId): string {
    return this.grammar.kindName(this.kind[node] as number);
  }

  /** Whether the node is of a named kind (not punctuation or a keyword). */
  isNamed(node: NodeId): boolean {
    return this.grammar.isNamed(this.kind[node] as number);
  }

  textOf(node: NodeId): string {
    return this.text.slice(this.start[node] as number, this.end[node] as number);
  }

  spanOf(node: NodeId): Span {
    return { start: this.start[node] as number, end: this.end[node] as number };
  }

  parentOf(node: NodeId): NodeId {
    return this.parent[node] ?? NONE;
  }

  /** The first child in the field, or NONE. `field` is a name of the grammar. */
  childIn(node: NodeId, field: string): NodeId {
    const wanted = this.grammar.field(field);
    for (
      let child = this.firstChild[node] ?? NONE;
      child !== NONE;
      child = this.nextSibling[child] as number
    ) {
      if (this.field[child] === wanted) return child;
    }
    return NONE;
  }

  /** All children in the field. */
  childrenIn(node: NodeId, field: string): NodeId[] {
    const wanted = this.grammar.field(field);
    const found: NodeId[] = [];
    for (
      let child = this.firstChild[node] ?? NONE;
      child !== NONE;
      child = this.nextSibling[child] as number
    ) {
      if (this.field[child] === wanted) found.push(child);
    }
    return found;
  }

  /** The named children, comments included. */
  namedChildren(node: NodeId): NodeId[] {
    const found: NodeId[] = [];
    for (
      let child = this.firstChild[node] ?? NONE;
      child !== NONE;
      child = this.nextSibling[child] as number
    ) {
      if (this.isNamed(child)) found.push(child);
    }
    return found;
  }

  /** The first child of that kind, or NONE. */
  childOfKind(node: NodeId, kind: string): NodeId {
    for (
      let child = this.firstChild[node] ?? NONE;
      child !== NONE;
      child = this.nextSibling[child] as number
    ) {
      if (this.kindOf(child) === kind) return child;
    }
    return NONE;
  }

  /** The id after the last descendant: descendants of `node` are the ids from `node + 1` up to here. */
  afterSubtree(node: NodeId): NodeId {
    for (let at = node; at !== NONE; at = this.parent[at] as number) {
      const next = this.nextSibling[at] as number;
      if (next !== NONE) return next;
    }
    return this.size;
  }

  /** The innermost node whose span holds `[start, end)`. */
  nodeAt(start: number, end: number = start): NodeId {
    let node = 0;
    for (;;) {
      let inner = NONE;
      for (
        let child = this.firstChild[node] ?? NONE;
        child !== NONE;
        child = this.nextSibling[child] as number
      ) {
        if (
          (this.start[child] as number) <= start &&
          (this.end[child] as number) >= end &&
          (this.end[child] as number) > start
        ) {
          inner = child;
          break;
        }
      }
      if (inner === NONE) return node;
      node = inner;
    }
  }
}
