import type { Span } from "../../../core/position.ts";
import type { BlockId } from "../../../model/function.ts";
import type { Operation, Value } from "../../../model/operation.ts";
import type { AccessPath, FunctionId } from "../../../model/path.ts";
import { NONE, type NodeId, type Tree } from "../../../syntax/tree.ts";
import { BlockBuilder } from "./block-builder.ts";
import type { Region } from "./region.ts";
import type { UnitContext } from "./unit-context.ts";

/** How statements and expressions are read; handed in, so that their files need not import each other. */
export interface Readers {
  statement(lowering: Lowering, node: NodeId): void;
  /** Emits what evaluating does, in order, and says what the value is. `target`: where the value goes. */
  evaluate(lowering: Lowering, node: NodeId, target: AccessPath | undefined): Value;
}

/** Where `break` and `continue` go. */
export interface JumpTarget {
  readonly label: string | undefined;
  readonly breakTo: BlockId;
  /** Undefined for switch and select. */
  readonly continueTo: BlockId | undefined;
}

/** One function while it is lowered: its text, the blocks so far, and the labels in reach. */
export class Lowering {
  readonly unit: UnitContext;
  readonly file: string;
  readonly tree: Tree;
  readonly id: FunctionId;
  readonly region: Region;
  readonly builder = new BlockBuilder();
  readonly targets: JumpTarget[] = [];
  /** Blocks that `goto` jumps to, by label. */
  readonly labels = new Map<string, BlockId>();
  /** The label that stands before the statement being read. */
  pendingLabel: string | undefined;
  /** Bodies of the switch clauses that `fallthrough` goes on to; innermost last. */
  readonly fallthroughs: (BlockId | undefined)[] = [];
  /** Values of a bare `return`. */
  readonly namedResults: readonly Value[];
  /** Locals that hold the outcome of TryLock, by variable id, until they are tested. */
  readonly attempts = new Map<string, Attempt>();
  /** Whether reads and writes of ordinary variables become operations. */
  readonly notesAccesses: boolean;
  readonly #readers: Readers;

  constructor(of: {
    readonly unit: UnitContext;
    readonly file: string;
    readonly tree: Tree;
    readonly id: FunctionId;
    readonly region: Region;
    readonly namedResults: readonly Value[];
    readonly readers: Readers;
    readonly notesAccesses?: boolean;
  }) {
    this.unit = of.unit;
    this.file = of.file;
    this.tree = of.tree;
    this.id = of.id;
    this.region = of.region;
    this.namedResults = of.namedResults;
    this.notesAccesses = of.notesAccesses ?? false;
    this.#readers = of.readers;
  }

  statement(node: NodeId): void {
    this.#readers.statement(this, node);
  }

  evaluate(node: NodeId, target?: AccessPath): Value {
    return this.#readers.evaluate(this, node, target);
  }

  /** For reading an expression of another function; what it emits goes nowhere. */
  elsewhere(file: string, tree: Tree, node: NodeId): Lowering {
    const region = this.unit.regionOf(file, tree, node);
    const readers = this.#readers;
    return new Lowering({
      unit: this.unit,
      file,
      tree,
      id: `${file}:${tree.start[node]}`,
      region,
      namedResults: [],
      readers,
    });
  }

  /** What an expression names, without emitting anything. */
  peek(node: NodeId): Value {
    let value: Value = { kind: "unknown" };
    this.builder.capture(() => {
      value = this.evaluate(node);
    });
    return value;
  }

  emit(operation: Operation): void {
    this.builder.emit(operation);
  }

  span(node: NodeId): Span {
    return this.tree.spanOf(node);
  }

  text(node: NodeId): string {
    return node === NONE ? "" : this.tree.textOf(node);
  }

  kind(node: NodeId): string {
    return node === NONE ? "" : this.tree.kindOf(node);
  }

  child(node: NodeId, field: string): NodeId {
    return node === NONE ? NONE : this.tree.childIn(node, field);
  }

  /** The named children without comments. */
  children(node: NodeId): NodeId[] {
    if (node === NONE) return [];
    return this.tree.namedChildren(node).filter((child) => this.kind(child) !== "comment");
  }

  /** The expression inside parentheses. */
  bare(node: NodeId): NodeId {
    let at = node;
    while (this.kind(at) === "parenthesized_expression") {
      const [inner] = this.children(at);
      if (inner === undefined) break;
      at = inner;
    }
    return at;
  }
}

/** A try of a lock, whose outcome a condition tests. */
export interface Attempt {
  readonly lock: AccessPath;
  readonly mode: "write" | "read";
  readonly object: Extract<Operation, { kind: "acquire" }>["object"];
}
