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
