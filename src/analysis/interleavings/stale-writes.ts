import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { isSharedState } from "../shared-state.ts";
import { crossingFrom } from "./across-await.ts";
import { isGuarded, isUnderLock } from "./guards.ts";
import { mayOverlap } from "./overlap.ts";
import { inFileOf, twoCallsTrace } from "./two-calls.ts";

/** Shared state that gets a value made from what it was before an await. */
export interface StaleWrite {
  readonly function: FunctionModel;
  readonly target: AccessPath;
  readonly readAt: Place;
  readonly awaitedAt: Place;
  readonly writtenAt: Place;
  /** Read, await and write stand in one expression: `total += await f()`. */
  readonly isOneExpression: boolean;
  readonly trace: Trace;
}

const INTEREST = /\bawait\b/;

/**
 * `this.total += await price()`, `const n = count; await save(); count = n + 1`: whatever others wrote between the read and the
 * write is lost. Only where the written value is computed from the old one; a value that was merely handed to what is awaited
 * (`token = await refresh(token)`) is none. Silent under a lock, behind a flag, and where the state is read again.
 */
export const staleWrites = defineAnalysis("stale writes", (use): StaleWrite[] => {
  const functions = use(program);
  return functions.functionsWith(INTEREST).flatMap(({ id, isTest, file }) => {
    if (isTest || !functions.isJudged(file)) return [];
    const model = functions.model(id);
    if (!model || model.isDamaged || model.role === "module") return [];
    const found = inFunction(model).filter(({ target }) => mayOverlap(model, target, functions));
    return found.length > 0 && isUnderLock(model, functions) ? [] : found;
  });
});

function inFunction(model: FunctionModel): StaleWrite[] {
  const found = new Map<string, StaleWrite>();
  for (const [block, { operations }] of model.blocks.entries()) {
    for (const [index, operation] of operations.entries()) {
      if (operation.kind !== "read" || !isSharedState(operation.path, model)) continue;
      const key = pathKey(operation.path);
      if (key === undefined || found.has(key)) continue;
      const known = new Map<Operation, boolean>();
      const race = crossingFrom(model, {
        key,
        block,
        operation: index + 1,
        relies(write) {
          if (write.kind !== "write" || write.at.end <= operation.at.end) return false;
          // Most reads are never written after an await: what is made of them isn't asked for.
          let reaches = known.get(write);
          if (reaches === undefined) {
            reaches = new Derived(model, operation, write).reaches();
            known.set(write, reaches);
          }
          return reaches;
        },
        readsCount: true,
      });
      if (race && !isGuarded(model, race.flags, key))
        found.set(key, describe(model, operation, race.awaited.at, race.write.at));
    }
  }
  return [...found.values()];
}

/** Which names and intermediate values are made from one read, on the ways that lead to one write. */
class Derived {
  readonly #keys = new Set<string>();
  readonly #read: OperationOf<"read">;
  readonly #write: Operation;

  constructor({ blocks }: FunctionModel, read: OperationOf<"read">, write: Operation) {
    this.#read = read;
    this.#write = write;
    const target = blocks.findIndex(({ operations }) => operations.includes(write));
    const ways = blocksBefore(blocks, target);
    for (const [index, { operations }] of blocks.entries()) {
      if (!ways.has(index)) continue;
      for (const operation of operations) {
        if (index === target && operation === write) break;
        if (operation.at.end < read.at.end || operation.at.start < startOf(operation, read))
          continue;
        this.#follow(operation);
        if (index === target) this.#forget(operation);
      }
    }
  }

  /** Whether the written value is computed from what was read. */
  reaches(): boolean {
    const write = this.#write;
    if (write.kind !== "write") return false;
    if (write.isCompound && contains(write.at, this.#read.at)) return true;
    return write.value.kind === "path" && this.#isDerived(write.value.path);
  }

  /** `value = fresh` right before the write: what the name held until then is not written. */
  #forget(operation: Operation): void {
    if (operation.kind !== "assign" || operation.target.root.kind !== "variable") return;
    const { value, target } = operation;
    const isDerived = value.kind === "path" && this.#isDerived(value.path);
    if (isDerived || contains(operation.at, this.#read.at)) return;
    const key = pathKey(target);
    if (key !== undefined) this.#keys.delete(key);
  }

  #follow(operation: Operation): void {
    if (operation.kind === "call") {
      const values = [...operation.arguments, receiverOf(operation)];
      const isDerived = values.some(
        (value) => value?.kind === "path" && this.#isDerived(value.path),
      );
      if (isDerived) for (const result of operation.results) this.#add(result);
      return;
    }
    if (operation.kind !== "assign" || operation.value.kind !== "path") return;
    const { path } = operation.value;
    const isRead =
      pathKey(path) === pathKey(this.#read.path) && contains(operation.at, this.#read.at);
    if (isRead || this.#isDerived(path)) this.#add(operation.target);
  }

  #isDerived({ root, steps, ...path }: AccessPath): boolean {
    // What hangs on a derived value is derived.
    for (let length = 0; length <= steps.length; length++) {
      const key = pathKey({ root, ...path, steps: steps.slice(0, length) });
      if (key !== undefined && this.#keys.has(key)) return true;
    }
    return false;
  }

  #add(path: AccessPath | undefined): void {
    const key = path && pathKey(path);
    if (key !== undefined) this.#keys.add(key);
  }
}

/** A block and all from which a way leads to it. */
function blocksBefore(blocks: FunctionModel["blocks"], target: number): ReadonlySet<number> {
  const found = new Set([target]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [index, { end }] of blocks.entries())
      if (successors(end).some((next) => found.has(next))) found.add(index);
  }
  return found;
}

/** Statements before the read tell nothing of it; the one that it stands in does. */
function startOf(operation: Operation, read: OperationOf<"read">): number {
  return contains(operation.at, read.at) ? operation.at.start : read.at.start;
}

function receiverOf({ callee }: OperationOf<"call">) {
  return "receiver" in callee ? callee.receiver : undefined;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && outer.end >= inner.end;
}

function describe(
  model: FunctionModel,
  { path: target, at: lookedAt }: OperationOf<"read">,
  awaitedAt: Span,
  writtenAt: Span,
): StaleWrite {
  const place = inFileOf(model);
  const { text } = target;
  return {
    function: model,
    target,
    readAt: place(lookedAt),
    awaitedAt: place(awaitedAt),
    writtenAt: place(writtenAt),
    isOneExpression: contains(writtenAt, lookedAt) && contains(writtenAt, awaitedAt),
    trace: twoCallsTrace(model, {
      lookedAt,
      awaitedAt,
      writtenAt,
      finds: [`reads ${text}`, `reads the same ${text}`],
      writes: [
        `sets ${text} to a value made from what it read`,
        `sets ${text} to a value made from the old one: the change of the first call is lost`,
      ],
    }),
  };
}
