import type { Span } from "../../core/position.ts";
import type { Block, FunctionModel } from "../../model/function.ts";
import { successors } from "../../model/successors.ts";

/** Whether a way leads from one operation on to another one: further down its block, or over other blocks and round. */
export function leadsTo({ blocks }: FunctionModel, from: Span, to: Span): boolean {
  const start = placesOf(blocks, from);
  const goal = placesOf(blocks, to);
  // A deferred operation is reached from everywhere.
  if (goal.some(({ index }) => index === DEFERRED)) return start.length > 0;
  const seen = new Set<number>();
  for (const { block, index } of start) {
    if (goal.some((one) => one.block === block && one.index > index)) return true;
    const waiting = after(blocks[block]);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      if (goal.some((one) => one.block === next)) return true;
      waiting.push(...after(blocks[next]));
    }
  }
  return false;
}

/** Whether a way leads from a receive to an operation, or out of the function, before it comes to that receive again. */
export function leavesFor(model: FunctionModel, receive: Span, goal: Span | "return"): boolean {
  const { blocks } = model;
  const stops = new Set(placesOf(blocks, receive).map(({ block }) => block));
  const isDeferred =
    goal !== "return" && placesOf(blocks, goal).some(({ index }) => index === DEFERRED);
  const goals = new Set(
    goal === "return" || isDeferred ? [] : placesOf(blocks, goal).map(({ block }) => block),
  );
  const isGoal = (index: number, block: Block): boolean =>
    goals.size === 0 ? block.end.kind === "return" : goals.has(index);
  const waiting = [...stops].flatMap((index) => wayOn(blocks[index], receive));
  const seen = new Set<number>(stops);
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    if (!block || seen.has(at)) continue;
    seen.add(at);
    if (isGoal(at, block)) return true;
    waiting.push(...successors(block.end));
  }
  return false;
}

/** Where it goes on from a receive that has got something, or from the other cases of its select. */
function wayOn(block: Block | undefined, receive: Span): number[] {
  if (!block) return [];
  const { end } = block;
  if (end.kind === "select") {
    if (end.cases.some((one) => one.operation.at.start === receive.start))
      return end.cases.map((one) => one.to);
  }
  return end.kind === "loop" ? [end.body] : [...successors(end)];
}

const DEFERRED = Number.POSITIVE_INFINITY;

function placesOf(
  blocks: FunctionModel["blocks"],
  span: Span,
): { readonly block: number; readonly index: number }[] {
  return blocks.flatMap(({ operations, end }, block) => {
    const indices = operations.flatMap((operation, index) =>
      operation.at.start === span.start && operation.at.end === span.end ? [index] : [],
    );
    const isCase =
      end.kind === "select" && end.cases.some((one) => one.operation.at.start === span.start);
    const isDeferred = operations.some(
      (operation) =>
        operation.kind === "defer" &&
        operation.operations.some(({ at }) => at.start === span.start && at.end === span.end),
    );
    return [
      ...indices.map((index) => ({ block, index })),
      ...(isCase ? [{ block, index: operations.length }] : []),
      ...(isDeferred ? [{ block, index: DEFERRED }] : []),
    ];
  });
}

function after(block: Block | undefined): number[] {
  return block ? [...successors(block.end)] : [];
}
