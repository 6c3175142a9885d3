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
  /** The parameters and the body of the function; false where it has none. */
  body(lowering: Lowering): boolean;
}

/** A call that the body of a helper, or the expression that it returns, is read in place of. */
export interface PlacedCall {
  readonly caller: Lowering;
  readonly node: NodeId;
  readonly given: readonly NodeId[];
  /** Where the caller goes on; undefined where only an expression is read, as if it stood where the call does. */
  readonly after: BlockId | undefined;
}

/** The helpers that stand in place of their calls in one function, and how many more calls may be replaced. */
export class PlacedHelpers {
  readonly ids = new Set<FunctionId>();
  left = 30;
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
  readonly blocks: BlockBuilder;
  readonly jumps: Jumps;
  readonly captured: CapturedNames;
  /** Functions that let go of a lock, by the variable that holds them: `const release = await mutex.acquire()`. */
  readonly releases = new Map<string, AccessPath>();
  /** Where an optional chain goes on whose object is missing. */
  chainExit: BlockId | undefined;
  /** The call that this stands in place of, where it is a helper. */
  readonly call: PlacedCall | undefined;
  /** Whether helpers are put in place of their calls, and which were. */
  readonly placed: PlacedHelpers | undefined;
  readonly #readers: Readers;
  #depth = 0;
  #throwEdges = 0;
  #isComplete = true;

  constructor(
    unit: UnitContext,
    module: TypeScriptModule,
    functionNode: NodeId,
    readers: Readers,
    { placed, call }: { readonly placed?: PlacedHelpers; readonly call?: PlacedCall } = {},
  ) {
    this.unit = unit;
    this.module = module;
    this.tree = module.tree;
    this.functionNode = functionNode;
    this.id = functionId(module, functionNode);
    this.blocks = call?.caller.blocks ?? new BlockBuilder();
    this.jumps = new Jumps(this.blocks, () => this.giveUp());
    this.jumps.handler = call?.caller.jumps.handler;
    this.placed = placed;
    this.call = call;
    this.captured = new CapturedNames(this.tree, functionNode);
    this.#readers = readers;
  }

  /** Whether everything was read; otherwise nobody may conclude anything from the model. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  giveUp(): void {
    this.#isComplete = false;
    this.call?.caller.giveUp();
  }

  /** A helper, to be read in place of a call. */
  inside(helper: NodeId, call: PlacedCall): Lowering {
    const { unit, module, placed } = this;
    return new Lowering(unit, module, helper, this.#readers, { call, ...(placed && { placed }) });
  }

  body(): boolean {
    return this.#readers.body(this);
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
    const isQuoted = this.call && this.call.after === undefined;
    return isQuoted ? this.call.caller.spanOf(this.call.node) : this.tree.spanOf(node);
  }

  /** A value that has no name: what the expression at the node came to. */
  site(node: NodeId): AccessPath {
    const at = { file: this.module.path, ...this.spanOf(node) };
    return { root: { kind: "site", at }, steps: [], text: this.shortText(node), slot: undefined };
  }

  /** The text of a node as a reader would quote it: one line, not long. */
  shortText(node: NodeId): string {
    const { start, end } = this.tree.spanOf(node);
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
