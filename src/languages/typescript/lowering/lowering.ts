import type { Span } from "../../../core/position.ts";
import type { BlockId } from "../../../model/function.ts";
import type { Operation, Value } from "../../../model/operation.ts";
import type { AccessPath, FunctionId } from "../../../model/path.ts";
import type { NodeId, Tree } from "../../../syntax/tree.ts";
import type { TypeScriptModule } from "../resolver.ts";
import { BlockBuilder } from "./block-builder.ts";
import { CapturedNames } from "./captured-names.ts";
import { Jumps } from "./jumps.ts";
import { functionId, type UnitContext } from "./unit-context.ts";

/** How the parts of a function are read; handed in, so that their files need not import each other. */
export interface Readers {
  statement(lowering: Lowering, node: NodeId): void;
  /** Emits what evaluating does, in order, and says what the value is. */
  expression(lowering: Lowering, node: NodeId): Value;
  /** Evaluates a test and goes on in one of two blocks. */
  branch(lowering: Lowering, node: NodeId, then: BlockId, otherwise: BlockId): void;
}

/** Deeper nesting than anyone writes: what lies below is left out, and the function counts as not understood. */
const DEEPEST = 400;

/** Edges from calls and awaits to the handler of a `try`, in one function; what comes after has none. */
const MOST_THROW_EDGES = 300;

/** One function while it is lowered. */
export class Lowering {
  readonly unit: UnitContext;
  readonly module: TypeScriptModule;
  readonly tree: Tree;
  readonly functionNode: NodeId;
  readonly id: FunctionId;
  readonly blocks = new BlockBuilder();
  readonly jumps: Jumps;
  readonly captured: CapturedNames;
  /** Functions that let go of a lock, by the variable that holds them: `const release = await mutex.acquire()`. */
  readonly releases = new Map<string, AccessPath>();
  /** Where an optional chain goes on whose object is missing. */
  chainExit: BlockId | undefined;
  readonly #readers: Readers;
  #depth = 0;
  #throwEdges = 0;
  #isComplete = true;

  constructor(unit: UnitContext, module: TypeScriptModule, functionNode: NodeId, readers: Readers) {
    this.unit = unit;
    this.module = module;
    this.tree = module.tree;
    this.functionNode = functionNode;
    this.id = functionId(module, functionNode);
    this.jumps = new Jumps(this.blocks, () => this.giveUp());
    this.captured = new CapturedNames(this.tree, functionNode);
    this.#readers = readers;
  }

  /** Whether everything was read; otherwise nobody may conclude anything from the model. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  giveUp(): void {
    this.#isComplete = false;
  }

  statement(node: NodeId): void {
    if (!this.#goDeeper()) return;
    this.#readers.statement(this, node);
    this.#depth--;
  }

  expression(node: NodeId): Value {
    if (!this.#goDeeper()) return UNKNOWN_VALUE;
    const value = this.#readers.expression(this, node);
    this.#depth--;
    return value;
  }

  branch(node: NodeId, then: BlockId, otherwise: BlockId): void {
    if (!this.#goDeeper()) {
      this.blocks.branch(undefined, then, otherwise);
      return;
    }
    this.#readers.branch(this, node, then, otherwise);
    this.#depth--;
  }

  emit(operation: Operation): void {
    this.blocks.emit(operation);
  }

  /** After an operation that may throw: the handler of the `try` around it is a possible next step. */
  mayThrow(): void {
    const handler = this.jumps.handler;
    if (handler === undefined || !this.blocks.isOpen) return;
    if (this.#throwEdges >= MOST_THROW_EDGES) return;
    this.#throwEdges++;
    const next = this.blocks.newBlock("body");
    this.blocks.branch(undefined, next, handler);
    this.blocks.begin(next);
  }

  spanOf(node: NodeId): Span {
    return this.tree.spanOf(node);
  }

  /** A value that has no name: what the expression at the node came to. */
  site(node: NodeId): AccessPath {
    const at = { file: this.module.path, ...this.spanOf(node) };
    return { root: { kind: "site", at }, steps: [], text: this.shortText(node), slot: undefined };
  }

  /** The text of a node as a reader would quote it: one line, not long. */
  shortText(node: NodeId): string {
    const { start, end } = this.spanOf(node);
    const text = this.tree.text.slice(start, Math.min(end, start + LONGEST_QUOTE));
    const isWhole = end - start <= LONGEST_QUOTE;
    return text.replace(/\s+/g, " ") + (isWhole ? "" : "…");
  }

  #goDeeper(): boolean {
    if (this.#depth >= DEEPEST) {
      this.giveUp();
      return false;
    }
    this.#depth++;
    return true;
  }
}

const LONGEST_QUOTE = 80;

export const UNKNOWN_VALUE: Value = { kind: "unknown" };
export const NIL_VALUE: Value = { kind: "nil" };
