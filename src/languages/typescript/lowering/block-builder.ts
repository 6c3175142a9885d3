import { invariant } from "../../../core/invariant.ts";
import type { Span } from "../../../core/position.ts";
import type { Block, BlockId, BlockKind, Condition, Terminator } from "../../../model/function.ts";
import type { Operation } from "../../../model/operation.ts";
import { successors } from "../../../model/successors.ts";

interface OpenBlock {
  readonly kind: BlockKind;
  readonly operations: Operation[];
  end: Terminator | undefined;
  call?: Span;
}

/** Builds the blocks of one function; each ends exactly once, and what cannot be reached is left out. */
export class BlockBuilder {
  readonly #blocks: OpenBlock[] = [];
  /** Block ids in the order in which they were begun. */
  readonly #begun: BlockId[] = [];
  readonly #targets = new Set<BlockId>();
  #current: OpenBlock | undefined;
  #call: Span | undefined;

  constructor() {
    this.begin(this.newBlock("body"));
  }

  newBlock(kind: BlockKind): BlockId {
    return this.#blocks.push({ kind, operations: [], end: undefined }) - 1;
  }

  /** Goes on in a block that was not begun yet; the block that was open falls into it. */
  begin(id: BlockId): void {
    this.goTo(id);
    this.#begun.push(id);
    this.#current = invariant(this.#blocks[id], "a block id comes from newBlock");
    if (this.#call) this.#current.call = this.#call;
  }

  /** Puts the body of a helper in place of its call: blocks of its own, which say so. The outermost call counts. */
  inCall(call: Span, run: (after: BlockId) => void): void {
    const outer = this.#call;
    this.#call ??= call;
    this.begin(this.newBlock("body"));
    const after = this.newBlock("body");
    run(after);
    this.goTo(after);
    this.#call = outer;
    this.begin(after);
  }

  /** Whether what comes next can be reached. */
  get isOpen(): boolean {
    return this.#current !== undefined;
  }

  /** Drops what stands where nothing is reached. */
  emit(operation: Operation): void {
    this.#current?.operations.push(operation);
  }

  /** Ends the open block, if there is one; what follows is unreachable until a block is begun. */
  end(terminator: Terminator): void {
    if (!this.#current) return;
    this.#current.end = terminator;
    for (const target of successors(terminator)) this.#targets.add(target);
    this.#current = undefined;
  }

  /** Whether some block goes there so far. */
  isTarget(id: BlockId): boolean {
    return this.#targets.has(id);
  }

  branch(condition: Condition | undefined, then: BlockId, otherwise: BlockId): void {
    this.end(branchTo(condition, then, otherwise));
  }

  goTo(to: BlockId): void {
    this.end({ kind: "goto", to });
  }

  /** The blocks that can be reached, the entry first, in the order of the text. `atEnd` ends what is still open. */
  finish(atEnd: Terminator): Block[] {
    this.end(atEnd);
    const reached = this.#reached(atEnd);
    const kept = this.#begun.filter((id) => reached.has(id));
    for (const id of reached) if (this.#blocks[id]?.end === undefined) kept.push(id);
    const renumbered = new Map([...new Set(kept)].map((old, index) => [old, index]));
    const target = (old: BlockId) =>
      invariant(renumbered.get(old), "what a reached block goes to is reached");
    return [...renumbered.keys()].map((id) => {
      const { end, ...block } = invariant(this.#blocks[id], "kept blocks exist");
      return { ...block, end: retarget(end ?? atEnd, target) };
    });
  }

  #reached(atEnd: Terminator): Set<BlockId> {
    const reached = new Set<BlockId>();
    const waiting: BlockId[] = [0];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (reached.has(id)) continue;
      reached.add(id);
      waiting.push(...successors(this.#blocks[id]?.end ?? atEnd));
    }
    return reached;
  }
}

function retarget(end: Terminator, target: (old: BlockId) => BlockId): Terminator {
  switch (end.kind) {
    case "goto":
      return { ...end, to: target(end.to) };
    case "branch":
      return branchTo(end.condition, target(end.then), target(end.otherwise));
    case "loop":
      return { ...end, body: target(end.body), exit: target(end.exit) };
    default:
      return end;
  }
}

function branchTo(condition: Condition | undefined, then: BlockId, otherwise: BlockId): Terminator {
  return { kind: "branch", condition, then, otherwise };
}
