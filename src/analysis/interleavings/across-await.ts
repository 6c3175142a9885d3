import type { Block, BlockId, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, type FunctionId, pathKey } from "../../model/path.ts";
import type { Program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";
import { isSharedState } from "../shared-state.ts";

/** A way from a test or read of shared state, over an await, to a write of the same state. */
export interface Crossing {
  readonly awaited: OperationOf<"await">;
  /** The function's own last call before the await, as a rule the one that is awaited. */
  readonly made: OperationOf<"call"> | undefined;
  /** Every call from where the state was looked at to the write, in order. */
  readonly calls: readonly OperationOf<"call">[];
  readonly write: Operation;
  /** The block of the write. */
  readonly block: BlockId;
  /** Keys of other shared state that is written before the await. */
  readonly flags: readonly string[];
}

export interface CrossingQuestion {
  /** Key of the state that was looked at. */
  readonly key: string;
  /** Where the ways begin: a block, and the first of its operations that counts. */
  readonly block: number;
  readonly operation?: number;
  /** Whether a write after the await relies on what was seen before it; otherwise the way ends there. */
  readonly relies: (write: Operation) => boolean;
  /** A read after the await counts as looking again. By default only a test does. */
  readonly readsCount?: boolean;
  /** Key of a map: whatever is stored in it, under any key, counts as a write too. */
  readonly map?: string | undefined;
  /** Key of a collection whose size was looked at: what is added to it is the write, and before the await takes its place. */
  readonly grows?: string;
  /** What was looked at is a value that was read, not a test with an outcome. */
  readonly isRead?: boolean;
  /** Awaits of what gives every call the same, and so do not count: the call before the await tells, and the calls before that. */
  readonly isSame?: (made: OperationOf<"call">, before: readonly OperationOf<"call">[]) => boolean;
}

interface Way {
  readonly block: number;
  readonly from: number;
  readonly awaited: Crossing["awaited"] | undefined;
  readonly made: Crossing["made"];
  readonly calls: Crossing["calls"];
  readonly flags: readonly string[];
}

/** Operations on the ways that are followed from one place. */
const MOST_STEPS = 2_000;

/** The first way over an await to a write that relies on what was seen before it; undefined where there is none. */
export function crossingFrom(
  model: FunctionModel,
  question: CrossingQuestion,
): Crossing | undefined {
  const { key, map, grows } = question;
  const everWritten = writtenIn(model);
  if (![key, map, grows].some((one) => one !== undefined && everWritten.has(one))) return undefined;
  const seen = new Set<string>();
  const waiting: Way[] = [
    {
      block: question.block,
      from: question.operation ?? 0,
      awaited: undefined,
      made: undefined,
      calls: [],
      flags: [],
    },
  ];
  let steps = 0;
  for (let way = waiting.pop(); way; way = waiting.pop()) {
    const state = `${way.block} ${way.from} ${way.awaited?.at.start}`;
    if (seen.has(state)) continue;
    seen.add(state);
    const block = model.blocks[way.block];
    if (!block) continue;
    steps += block.operations.length + 1;
    if (steps > MOST_STEPS) return undefined;
    const after = through(model, question, way, block);
    if (after === "settled") continue;
    if ("write" in after) return after;
    // Before the await a test tells nothing new of what was read: `map.get(key) ?? ""`.
    const isTold = question.isRead === true && !after.awaited;
    for (const next of isTold ? successors(block.end) : targets(block.end, key))
      waiting.push({ ...after, block: next, from: 0 });
  }
  return undefined;
}

const writes = new WeakMap<FunctionModel, ReadonlySet<string>>();

/** Keys of all that a function writes, stores in and adds to: most of what is tested never is. */
function writtenIn(model: FunctionModel): ReadonlySet<string> {
  const known = writes.get(model);
  if (known) return known;
  const keys = new Set<string>();
  for (const { operations } of model.blocks)
    for (const operation of operations) {
      const path = writtenBy(operation);
      for (const key of [path && pathKey(path), path && mapOf(path), grownBy(operation)])
        if (key !== undefined) keys.add(key);
    }
  writes.set(model, keys);
  return keys;
}

/** Past the operations of a block: a crossing, that there is none on this way, or the way as it goes on. */
function through(
  model: FunctionModel,
  { key, relies, readsCount, isSame, map, grows }: CrossingQuestion,
  way: Way,
  { operations, call }: Block,
): Crossing | Way | "settled" {
  let { awaited, made } = way;
  const flags = [...way.flags];
  const calls = [...way.calls];
  for (const [index, operation] of operations.entries()) {
    if (index < way.from) continue;
    if (operation.kind === "call") calls.push(operation);
    if (grows !== undefined && grownBy(operation) === grows)
      return awaited
        ? { awaited, made, calls, write: operation, block: way.block, flags }
        : "settled";
    if (operation.kind === "await" && operation.isPromise) {
      if (!made || !isSame?.(made, calls)) awaited ??= operation;
    } else if (operation.kind === "call" && !awaited) made = call ? made : operation;
    else if (awaited && readsCount && looksAgain(operations, index, key)) return "settled";
    const written = writtenBy(operation);
    const writtenKey = written && pathKey(written);
    const isOther = map !== undefined && written !== undefined && mapOf(written) === map;
    if (writtenKey === undefined && !isOther) continue;
    if (writtenKey !== key && isOther && awaited && relies(operation))
      return { awaited, made, calls, write: operation, block: way.block, flags };
    if (writtenKey !== key) {
      if (!awaited && written && writtenKey && isSharedState(written, model))
        flags.push(writtenKey);
      continue;
    }
    // Stored before anything can come between, or taken back.
    if (!awaited || !relies(operation)) return "settled";
    return { awaited, made, calls, write: operation, block: way.block, flags };
  }
  return { ...way, awaited, made, calls, flags };
}

/** A read of the state that isn't a part of its next write, as in `x++` and `x += 1`. */
function looksAgain(operations: readonly Operation[], index: number, key: string): boolean {
  const operation = operations[index];
  if (operation?.kind !== "read" || pathKey(operation.path) !== key) return false;
  const next = operations.slice(index + 1).find((other) => {
    const written = writtenBy(other);
    return written !== undefined && pathKey(written) === key;
  });
  if (next?.kind !== "write" || !next.isCompound) return true;
  return operation.at.start < next.at.start || operation.at.end > next.at.end;
}

/** A second test of the same state ends the way: whatever is written behind it was looked at again. */
function targets(end: Terminator, key: string): readonly BlockId[] {
  const condition = end.kind === "branch" ? end.condition : undefined;
  const again = condition?.isNil && pathKey(condition.isNil);
  return again === key || condition?.reads.includes(key) ? [] : successors(end);
}

/** The key of the map or record that a path is an element of. */
export function mapOf({ root, steps, ...path }: AccessPath): string | undefined {
  if (steps.at(-1)?.kind !== "element") return undefined;
  return pathKey({ root, ...path, steps: steps.slice(0, -1) });
}

/** The key of the collection that gets one more: `map.set(key, value)`, `list.push(value)`. */
function grownBy(operation: Operation): string | undefined {
  if (operation.kind === "write")
    return operation.value.kind === "nil" ? undefined : mapOf(operation.path);
  if (operation.kind !== "call" || operation.callee.kind === "unknown") return undefined;
  const { callee } = operation;
  const isPush = callee.kind === "external" && /:Array\.(?:push|unshift)$/.test(callee.name);
  return isPush && callee.receiver?.kind === "path" ? pathKey(callee.receiver.path) : undefined;
}

/** The path that an operation gives a value. */
export function writtenBy(operation: Operation): AccessPath | undefined {
  if (operation.kind === "write") return operation.path;
  return operation.kind === "assign" ? operation.target : undefined;
}

/** The name of what is called, as far as it has one: `connect`, `Pool.create`, `promises.readFile`. */
export function calledName(
  { callee }: OperationOf<"call">,
  functions: Program,
): string | undefined {
  if (callee.kind === "static") return functions.header(callee.function)?.name;
  return callee.name.slice(callee.name.lastIndexOf(":") + 1);
}

/** A function with its helpers in place of their calls, as far as the language does so: where a test and a write may come together. */
export function modelForRaces(functions: Program, id: FunctionId): FunctionModel | undefined {
  return functions.withHelpers ? functions.withHelpers(id) : functions.model(id);
}

/** Whether two blocks belong to one call of a helper: what goes wrong inside of it is told of the helper itself. */
export function isInOneCall({ blocks }: FunctionModel, one: BlockId, other: BlockId): boolean {
  const call = blocks[one]?.call;
  return call !== undefined && call.start === blocks[other]?.call?.start;
}

/** Whether a way leads from one block to another, which may be the same, without coming past a third. */
export function comesTo(
  { blocks }: FunctionModel,
  from: BlockId,
  to: BlockId,
  past: BlockId,
): boolean {
  return from === to || (from !== past && reaches(blocks, from, to, past));
}

/** Whether a block belongs to the call of a helper that waits in it, and another block has no part in that call: the helper is a deed of its own. */
export function isOfOtherDeed({ blocks }: FunctionModel, block: BlockId, other: BlockId): boolean {
  const call = blocks[block]?.call;
  if (call === undefined || call.start === blocks[other]?.call?.start) return false;
  return blocks.some(
    (each) =>
      each.call?.start === call.start && each.operations.some(({ kind }) => kind === "await"),
  );
}
