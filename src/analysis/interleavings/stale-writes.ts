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
        isRead: true,
      });
      if (race && !isGuarded(model, race.flags, key))
        found.set(key, describe(model, operation, race.awaited.at, race.write.at));
    }
  }
  return [...found.values()];
}

/** Whether what is written is made from one read, by names and intermediate values, on any way from the read to the write. */
class Derived {
  readonly #read: OperationOf<"read">;
  readonly #write: Operation;
  readonly #blocks: FunctionModel["blocks"];

  constructor({ blocks }: FunctionModel, read: OperationOf<"read">, write: Operation) {
    this.#blocks = blocks;
    this.#read = read;
    this.#write = write;
  }

  reaches(): boolean {
    const write = this.#write;
    if (write.kind !== "write") return false;
    if (write.isCompound && contains(write.at, this.#read.at)) return true;
    const blockOf = (wanted: Operation) =>
      this.#blocks.findIndex(({ operations }) => operations.includes(wanted));
    const from = blockOf(this.#read);
    const target = blockOf(write);
    const ways = blocksBefore(this.#blocks, target);
    const start: Stop = { block: from, first: this.#indexOfRead(from) + 1, waitedAt: undefined };
    // Ways that have waited are kept apart: what `port ?? (await find())` keeps of the old value, it keeps without a wait.
    const before = { waited: new Map<number, Keys>(), straight: new Map<number, Keys>() };
    const waiting: Stop[] = [start];
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      const known = at.waitedAt ? before.waited : before.straight;
      const way: Way = {
        keys: new Set(at === start ? [] : known.get(at.block)),
        waitedAt: at.waitedAt,
      };
      if (this.#passes(at.block, at.first, way)) return true;
      const end = this.#blocks[at.block]?.end;
      const after = way.waitedAt ? before.waited : before.straight;
      for (const next of end ? successors(end) : []) {
        if (!ways.has(next)) continue;
        const keys = after.get(next);
        const merged = new Set([...(keys ?? []), ...way.keys]);
        if (keys && merged.size === keys.size) continue;
        after.set(next, merged);
        waiting.push({ block: next, first: 0, waitedAt: way.waitedAt });
      }
    }
    return false;
  }

  #indexOfRead(block: number): number {
    return this.#blocks[block]?.operations.indexOf(this.#read) ?? -1;
  }

  /** Follows a way through the operations of a block; true where the write comes after a wait, and writes what is derived. */
  #passes(block: number, first: number, way: Way): boolean {
    for (const operation of this.#blocks[block]?.operations.slice(first) ?? []) {
      if (operation === this.#write)
        return (
          way.waitedAt !== undefined &&
          operation.kind === "write" &&
          operation.value.kind === "path" &&
          isDerived(operation.value.path, way.keys)
        );
      if (operation.kind === "await") way.waitedAt = operation.at;
      this.#follow(operation, block, way);
    }
    return false;
  }

  #follow(operation: Operation, block: number, { keys, waitedAt }: Way): void {
    if (operation.kind === "call") {
      const values = [...operation.arguments, receiverOf(operation)];
      const isMadeFrom = values.some(
        (value) => value?.kind === "path" && isDerived(value.path, keys),
      );
      if (isMadeFrom) for (const result of operation.results) add(keys, result);
      return;
    }
    if (operation.kind !== "assign") return;
    const { value, target } = operation;
    const path = value.kind === "path" ? value.path : undefined;
    const isRead =
      path !== undefined &&
      pathKey(path) === pathKey(this.#read.path) &&
      contains(operation.at, this.#read.at) &&
      !this.#isReadLaterIn(operation.at) &&
      !(waitedAt && contains(operation.at, waitedAt) && this.#isKeptWithoutWait(block));
    if (isRead || (path && isDerived(path, keys))) add(keys, target);
    // `value = fresh`: what the name held until then is gone. Values without a name are put together from several.
    else if (target.root.kind === "variable" && !contains(operation.at, this.#read.at))
      forget(keys, target);
  }

  /** `port || (await find())`: the way on which the old value is kept comes straight from its test. */
  #isKeptWithoutWait(block: number): boolean {
    const end = this.#blocks.find(({ operations }) => operations.includes(this.#read))?.end;
    const ways = end ? successors(end) : [];
    return ways.length > 1 && ways.includes(block);
  }

  /** `port ? port : …`: what the condition reads is only tested. */
  #isReadLaterIn(whole: Span): boolean {
    const key = pathKey(this.#read.path);
    return this.#blocks.some(({ operations }) =>
      operations.some(
        (operation) =>
          operation.kind === "read" &&
          operation.at.start > this.#read.at.start &&
          contains(whole, operation.at) &&
          pathKey(operation.path) === key,
      ),
    );
  }
}

type Keys = Set<string>;

/** What a way from the read has derived so far, and where it waited last. */
interface Way {
  readonly keys: Keys;
  waitedAt: Span | undefined;
}

/** Where a way goes on. */
interface Stop {
  readonly block: number;
  readonly first: number;
  readonly waitedAt: Span | undefined;
}

function isDerived({ root, steps, ...path }: AccessPath, keys: Keys): boolean {
  // What hangs on a derived value is derived.
  for (let length = 0; length <= steps.length; length++) {
    const key = pathKey({ root, ...path, steps: steps.slice(0, length) });
    if (key !== undefined && keys.has(key)) return true;
  }
  return false;
}

function add(keys: Keys, path: AccessPath | undefined): void {
  const key = path && pathKey(path);
  if (key !== undefined) keys.add(key);
}

function forget(keys: Keys, path: AccessPath): void {
  const key = pathKey(path);
  if (key !== undefined) keys.delete(key);
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
