import type { BlockId, FunctionModel, Terminator } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { successors } from "../../model/successors.ts";

/** Where a search along the control flow begins: at the entry, or behind an operation. */
export type Start = "entry" | Operation;

/** What some path reaches, and whether one returns. */
export interface Flow {
  readonly reached: ReadonlySet<Operation>;
  readonly isLeft: boolean;
}

/** The operations that some path reaches: see `flowFrom`. What a loop does with what its head receives comes after the receive. */
export function reachedFrom(
  model: FunctionModel,
  start: Start,
  stops: (operation: Operation) => boolean,
  ends = stops,
): ReadonlySet<Operation> {
  return flowFrom(model, start, stops, ends).reached;
}

/**
 * A loop around something that stops is taken to run at least once: `for range results { <-done }` has been through a receive.
 *
 * The operations that some path reaches from a start before it comes to one that `stops`. A case of a select is taken only where
 * its operation does not stop. A loop whose head `ends` is not entered. Deferred operations are not entered.
 */
export function flowFrom(
  model: FunctionModel,
  start: Start,
  stops: (operation: Operation) => boolean,
  ends: (operation: Operation) => boolean = () => false,
): Flow {
  const { blocks } = model;
  const isStopping = (id: number): boolean => {
    const block = blocks[id];
    if (!block) return false;
    const { operations, end } = block;
    return (
      operations.some(stops) ||
      (end.kind === "select" && end.cases.some(({ operation }) => stops(operation)))
    );
  };
  const inside = new Set(start === "entry" ? [] : blocksWith(blocks, start));
  const closed = new Set(
    loopsOf(model)
      .filter(({ members }) => ![...members].some((id) => inside.has(id)))
      .filter(({ members }) => [...members].some(isStopping))
      .map(({ head }) => head),
  );
  const reached = new Set<Operation>();
  const seen = new Set<number>();
  const waiting: number[] = [];
  let isLeft = false;
  const through = (id: number, from: number): void => {
    const block = blocks[id];
    if (!block) return;
    for (const operation of block.operations.slice(from)) {
      if (stops(operation)) return;
      reached.add(operation);
    }
    if (block.end.kind === "return") isLeft = true;
    waiting.push(...targetsOf(block.end, stops));
  };
  if (start === "entry") waiting.push(0);
  else
    for (const [id, { operations, end }] of blocks.entries()) {
      const index = operations.indexOf(start);
      if (index !== -1) through(id, index + 1);
      const chosen =
        end.kind === "select" ? end.cases.find(({ operation }) => operation === start) : undefined;
      if (chosen) waiting.push(chosen.to);
    }
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (closed.has(id)) {
      const { operations, end } = blocks[id] ?? {};
      const stop = operations?.findIndex(stops) ?? -1;
      for (const one of operations?.slice(0, stop === -1 ? undefined : stop) ?? [])
        reached.add(one);
      if (!operations?.some(ends)) waiting.push(...bodyOf(end));
    } else through(id, 0);
  }
  return { reached, isLeft };
}

function bodyOf(end: Terminator | undefined): number[] {
  if (end?.kind === "loop") return [end.body];
  if (end?.kind === "goto") return [end.to];
  return end?.kind === "branch" ? [end.then] : [];
}

function blocksWith(blocks: FunctionModel["blocks"], start: Operation): number[] {
  return [...blocks.keys()].filter((id) => blocks[id]?.operations.includes(start));
}

interface Loop {
  readonly head: number;
  readonly members: ReadonlySet<number>;
}

const loops = new WeakMap<FunctionModel, readonly Loop[]>();

/** The blocks of the innermost loop around an operation; none where it stands in no loop. */
export function loopAround(model: FunctionModel, operation: Operation): ReadonlySet<BlockId> {
  const at = blockOf(model, operation);
  const around = loopsOf(model).filter(({ members }) => at !== undefined && members.has(at));
  const [innermost] = around.sort((left, right) => left.members.size - right.members.size);
  return innermost?.members ?? new Set();
}

/** The block that an operation stands in, or that ends with a select on it. */
export function blockOf({ blocks }: FunctionModel, operation: Operation): BlockId | undefined {
  const at = blocks.findIndex(
    ({ operations, end }) =>
      operations.includes(operation) ||
      (end.kind === "select" && end.cases.some((one) => one.operation === operation)),
  );
  return at === -1 ? undefined : at;
}

/** The loops of a function: each head with the blocks that lead back to it. Blocks are in the order of the text. */
function loopsOf(model: FunctionModel): readonly Loop[] {
  let found = loops.get(model);
  if (!found) {
    found = [...model.blocks.keys()]
      .filter((id) => /^(?:for|range)-head$/.test(model.blocks[id]?.kind ?? ""))
      .map((head) => ({ head, members: membersOf(model.blocks, head) }));
    loops.set(model, found);
  }
  return found;
}

function membersOf(blocks: FunctionModel["blocks"], head: number): ReadonlySet<number> {
  const before = new Map<number, number[]>();
  const seen = new Set<number>();
  const waiting = [head];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const to of targetsOf(blocks[id]?.end ?? NOWHERE, () => false)) {
      before.set(to, [...(before.get(to) ?? []), id]);
      waiting.push(to);
    }
  }
  const members = new Set([head]);
  const back = (before.get(head) ?? []).filter((id) => id >= head);
  for (let id = back.pop(); id !== undefined; id = back.pop()) {
    if (members.has(id)) continue;
    members.add(id);
    back.push(...(before.get(id) ?? []).filter((one) => one > head));
  }
  return members;
}

const NOWHERE: Terminator = { kind: "stuck", at: { start: 0, end: 0 } };

/** As `successors`, of a branch whose condition is a constant the side alone that is taken. */
function targetsOf(end: Terminator, stops: (operation: Operation) => boolean): readonly BlockId[] {
  const condition = end.kind === "branch" ? end.condition : undefined;
  if (end.kind !== "branch" || condition?.constant === undefined) return successors(end, stops);
  return [condition.constant !== condition.negated ? end.then : end.otherwise];
}
