import type { Block, FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type AccessPath, identityOf } from "../../model/path.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";

type Receive = OperationOf<"receive">;

/** A way on which a function that receives from a channel leaves without coming back to it. */
export interface Departure {
  /** The case of the select that is taken instead, or the end of the function behind an error. */
  readonly at: Operation["at"];
  /** What comes in that case; undefined where an error sends the receiver away. */
  readonly signal: AccessPath | undefined;
}

/** Where the receiver of a channel can leave it for good, as far as its own function goes. */
export function departuresFrom(model: FunctionModel, receive: Receive): Departure[] {
  const { blocks } = model;
  const channel = identityOf(receive.channel);
  const receiving = blocks.findIndex(({ operations, end }) =>
    end.kind === "select"
      ? end.cases.some(({ operation }) => operation === receive)
      : operations.includes(receive),
  );
  const block = blocks[receiving];
  if (!block || channel === undefined) return [];
  const { end } = block;
  if (end.kind === "select" && end.cases.some(({ operation }) => operation === receive))
    return end.cases.flatMap(({ operation, to }) =>
      operation.kind === "receive" &&
      identityOf(operation.channel) !== channel &&
      findReturn(blocks, to, channel)
        ? { at: operation.at, signal: operation.channel }
        : [],
    );
  return [];
}

/** Where a loop that receives from a channel returns because of an error, with more of its values to come. */
export function errorsOf({ blocks }: FunctionModel, receive: Receive): Departure[] {
  const channel = identityOf(receive.channel);
  const receiving = blocks.findIndex(
    ({ operations, end }) =>
      operations.includes(receive) ||
      (end.kind === "select" && end.cases.some(({ operation }) => operation === receive)),
  );
  const block = blocks[receiving];
  if (!block || channel === undefined || !reaches(blocks, receiving, receiving)) return [];
  return blocks.flatMap(({ end }, index): Departure[] => {
    if (end.kind !== "branch" || !end.condition?.isErrorTest) return [];
    if (!reaches(blocks, receiving, index) || !reaches(blocks, index, receiving)) return [];
    const failed = end.condition.negated ? end.then : end.otherwise;
    const at = findReturn(blocks, failed, channel);
    return at ? [{ at, signal: undefined }] : [];
  });
}

/** The end of the function that is come to from a block without a receive from the channel. */
function findReturn(
  blocks: readonly Block[],
  start: number,
  channel: string,
): Operation["at"] | undefined {
  const waiting = [start];
  const seen = new Set(waiting);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const block = blocks[next];
    if (!block || receivesFrom(block, channel)) continue;
    if (block.end.kind === "return") return block.end.at;
    for (const to of successors(block.end)) if (!seen.has(to)) waiting.push(to);
    for (const to of successors(block.end)) seen.add(to);
  }
  return undefined;
}

function receivesFrom({ operations, end }: Block, channel: string): boolean {
  const all = end.kind === "select" ? end.cases.map(({ operation }) => operation) : [];
  return [...operations, ...all].some(
    (one) => one.kind === "receive" && identityOf(one.channel) === channel,
  );
}
