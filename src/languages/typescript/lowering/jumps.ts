import { invariant } from "../../../core/invariant.ts";
import type { Span } from "../../../core/position.ts";
import type { BlockId } from "../../../model/function.ts";
import type { BlockBuilder } from "./block-builder.ts";

/** Something that `break` or `continue` can leave. */
interface Target {
  readonly kind: "target";
  readonly labels: readonly string[];
  readonly breakTo: BlockId;
  /** Undefined for switches and labelled blocks. */
  readonly continueTo: BlockId | undefined;
  /** Whether a `break` without a label means it. */
  readonly isPlain: boolean;
}

/** What runs on every way out of a `try` or of a block with `using`. */
interface Finalizer {
  readonly kind: "finally";
  readonly run: () => void;
  /** Where exceptions go that come out of it. */
  readonly handler: BlockId | undefined;
}

/** Copies of finalizers in one function; one that needs more is given up. */
const MOST_COPIES = 200;

/** Where jumps and exceptions of one function go; finalizers on the way are copied into the path. */
export class Jumps {
  /** The block that catches what is thrown here; undefined: it leaves the function. */
  handler: BlockId | undefined;
  readonly #blocks: BlockBuilder;
  readonly #giveUp: () => void;
  #frames: (Target | Finalizer)[] = [];
  #labels: string[] = [];
  #copies = 0;

  constructor(blocks: BlockBuilder, giveUp: () => void) {
    this.#blocks = blocks;
    this.#giveUp = giveUp;
  }

  /** Runs with a label for the statement that comes next. */
  labelled(label: string, run: () => void): void {
    this.#labels.push(label);
    run();
    this.#labels = [];
  }

  /** The labels of the statement that begins now. */
  takeLabels(): readonly string[] {
    const labels = this.#labels;
    this.#labels = [];
    return labels;
  }

  within(target: Omit<Target, "kind">, run: () => void): void {
    this.#frames.push({ kind: "target", ...target });
    run();
    this.#frames.pop();
  }

  break(label: string | undefined): void {
    const index = this.#frames.findLastIndex(
      (frame) =>
        frame.kind === "target" &&
        (label === undefined ? frame.isPlain : frame.labels.includes(label)),
    );
    this.#jump(index, ({ breakTo }) => breakTo);
  }

  continue(label: string | undefined): void {
    const index = this.#frames.findLastIndex(
      (frame) =>
        frame.kind === "target" &&
        frame.continueTo !== undefined &&
        (label === undefined || frame.labels.includes(label)),
    );
    this.#jump(index, ({ continueTo }) => continueTo);
  }

  /** Runs every finalizer around and then what ends the function. */
  leave(end: () => void): void {
    this.#unwind(0, end);
  }

  raise(at: Span): void {
    if (this.handler === undefined) this.#blocks.end({ kind: "panic", at });
    else this.#blocks.goTo(this.handler);
  }

  /** Runs `body`, and `finalizer` on every way out of it: normal, by a jump, by an exception. */
  withFinalizer(body: () => void, finalizer: () => void, at: Span): void {
    const outer = this.handler;
    const thrown = this.#blocks.newBlock("finally");
    const frame: Finalizer = { kind: "finally", run: finalizer, handler: outer };
    this.#frames.push(frame);
    this.handler = thrown;
    body();
    this.#frames.pop();
    this.handler = outer;
    const after = this.#blocks.newBlock("body");
    if (this.#blocks.isOpen) {
      this.#blocks.begin(this.#blocks.newBlock("finally"));
      this.#copy(finalizer);
      this.#blocks.goTo(after);
    }
    if (this.#blocks.isTarget(thrown)) {
      this.#blocks.begin(thrown);
      this.#copy(finalizer);
      if (this.#blocks.isOpen) this.raise(at);
    }
    this.#blocks.begin(after);
  }

  /** Runs `body` with exceptions going to a block. */
  catching(handler: BlockId, body: () => void): void {
    const outer = this.handler;
    this.handler = handler;
    body();
    this.handler = outer;
  }

  #jump(index: number, blockOf: (target: Target) => BlockId | undefined): void {
    const frame = this.#frames[index];
    if (frame?.kind !== "target") {
      this.#giveUp();
      return;
    }
    const to = invariant(blockOf(frame), "a loop was asked for");
    this.#unwind(index + 1, () => this.#blocks.goTo(to));
  }

  /** Copies the finalizers from the innermost down to a frame into the path, each with what surrounds it. */
  #unwind(downTo: number, then: () => void): void {
    const frames = this.#frames;
    const handler = this.handler;
    for (let index = frames.length - 1; index >= downTo && this.#blocks.isOpen; index--) {
      const frame = frames[index];
      if (frame?.kind !== "finally") continue;
      this.#frames = frames.slice(0, index);
      this.handler = frame.handler;
      this.#blocks.begin(this.#blocks.newBlock("finally"));
      this.#copy(frame.run);
    }
    if (this.#blocks.isOpen) then();
    this.#frames = frames;
    this.handler = handler;
  }

  #copy(finalizer: () => void): void {
    if (this.#copies++ < MOST_COPIES) finalizer();
    else this.#giveUp();
  }
}
