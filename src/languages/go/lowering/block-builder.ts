import { invariant } from "../../../core/invariant.ts";
import type { Block, BlockId, BlockKind, Condition, Terminator } from "../../../model/function.ts";
import type { Operation } from "../../../model/operation.ts";
import { successors } from "../../../model/successors.ts";

interface OpenBlock {
  readonly kind: BlockKind;
  readonly operations: Operation[];
  end: Terminator | undefined;
  /** Order in which blocks were begun; undefined while only jumped to. */
  order: number | undefined;
}

/** Builds the blocks of one function in the order of its text. Guards that every block ends exactly once. */
export class BlockBuilder {
  readonly #blocks: OpenBlock[] = [];
  #current: OpenBlock | undefined;
  #begun = 0;
  readonly #targets = new Set<BlockId>();
  /** Where operations go instead of the current block, while a deferred call is read. */
  #captured: Operation[] | undefined;
  #captureEnded = false;

  constructor() {
    this.begin(this.newBlock("body"));
  }

  newBlock(kind: BlockKind): BlockId {
    return this.#blocks.push({ kind, operations: [], end: undefined, order: undefined }) - 1;
  }

  /** Goes on in a block; the block that was open falls into it. */
  begin(id: BlockId): void {
    if (this.#current) this.end({ kind: "goto", to: id });
    const block = invariant(this.#blocks[id], "a block id comes from newBlock");
    block.order ??= this.#begun++;
    this.#current = block.end ? undefined : block;
  }

  /** Whether the text that follows can be reached. */
  get isOpen(): boolean {
    return this.#current !== undefined;
  }

  /** Whether a block that has ended goes there. */
  isTarget(id: BlockId): boolean {
    return this.#targets.has(id);
  }

  /** Reading a deferred call: there is no control flow, only operations. */
  get isCapturing(): boolean {
    return this.#captured !== undefined;
  }

  emit(operation: Operation): void {
    if (this.#captured) {
      if (!this.#captureEnded) this.#captured.push(operation);
      return;
    }
    this.#open().operations.push(operation);
  }

  /** Ends the current block; what follows is unreachable until a block is begun. */
  end(terminator: Terminator): void {
    if (this.#captured) {
      this.#captureEnded = true;
      return;
    }
    this.#open().end = terminator;
    for (const target of successors(terminator)) this.#targets.add(target);
    this.#current = undefined;
  }

  /** Ends the current block with a branch. */
  branch(condition: Condition | undefined, then: BlockId, otherwise: BlockId): void {
    this.end(branchTo(condition, then, otherwise));
  }

  /** The operations that `run` emits, which then stand nowhere. */
  capture(run: () => void): Operation[] {
    const outer = this.#captured;
    const wasEnded = this.#captureEnded;
    const operations: Operation[] = [];
    this.#captured = operations;
    this.#captureEnded = false;
    try {
      run();
    } finally {
      this.#captured = outer;
      this.#captureEnded = wasEnded;
    }
    return operations;
  }

  /** All blocks that can be reached or hold operations, the entry first. `atEnd` ends what is still open. */
  finish(atEnd: Terminator): Block[] {
    if (this.#current) this.end(atEnd);
    const kept = this.#kept();
    kept.sort((left, right) => this.#orderOf(left) - this.#orderOf(right));
    const renumbered = new Map(kept.map((old, position) => [old, position]));
    const target = (old: BlockId): BlockId =>
      invariant(renumbered.get(old), "targets of kept blocks are kept");
    return kept.map((id) => {
      const { kind, operations, end } = invariant(this.#blocks[id], "kept blocks exist");
      return { kind, operations, end: retarget(end ?? atEnd, target) };
    });
  }

  #open(): OpenBlock {
    if (!this.#current) this.begin(this.newBlock("unreachable"));
    return invariant(this.#current, "a block that was begun is open");
  }

  #orderOf(id: BlockId): number {
    return this.#blocks[id]?.order ?? this.#blocks.length + id;
  }

  #kept(): BlockId[] {
    const kept = new Set<BlockId>();
    const waiting: BlockId[] = [0];
    for (const [id, { operations }] of this.#blocks.entries())
      if (operations.length > 0) waiting.push(id);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (kept.has(id)) continue;
      kept.add(id);
      const end = this.#blocks[id]?.end;
      if (end) waiting.push(...successors(end));
    }
    return [...kept];
  }
}

function branchTo(condition: Condition | undefined, then: BlockId, otherwise: BlockId): Terminator {
  return { kind: "branch", condition, then, otherwise };
}

function retarget(end: Terminator, target: (old: BlockId) => BlockId): Terminator {
  switch (end.kind) {
    case "goto":
      return { ...end, to: target(end.to) };
    case "branch":
      return branchTo(end.condition, target(end.then), target(end.otherwise));
    case "switch":
      return { ...end, targets: end.targets.map(target) };
    case "loop":
      return { ...end, body: target(end.body), exit: target(end.exit) };
    case "select": {
      const cases = end.cases.map(({ operation, to }) => ({ operation, to: target(to) }));
      return end.otherwise === undefined
        ? { ...end, cases }
        : { ...end, cases, otherwise: target(end.otherwise) };
    }
    default:
      return end;
  }
}
