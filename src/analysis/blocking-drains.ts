import { defineAnalysis, type Use } from "../core/analysis.ts";
import type { Trace } from "../core/finding.ts";
import type { Place } from "../core/position.ts";
import type { FunctionModel } from "../model/function.ts";
import type { OperationOf } from "../model/operation.ts";
import { identityOf } from "../model/path.ts";
import { placeIn } from "../model/place-in.ts";
import { program } from "../model/program.ts";
import { channelCensus } from "./channel-census.ts";

/**
 * Room is made in a full buffer by a receive that waits when somebody else was faster:
 *
 *     select {
 *     case events <- event:
 *     default:
 *         <-events            // the reader has emptied it by now
 *         events <- event
 *     }
 */
export interface BlockingDrain {
  readonly at: Place;
  readonly channel: string;
  readonly sendAt: Place;
  /** Somebody else who receives, where the package shows one. */
  readonly otherAt: Place | undefined;
  readonly trace: Trace;
}

const INTEREST = /\bdefault:/;

export const blockingDrains = defineAnalysis("blocking drains", (use): BlockingDrain[] => {
  const functions = use(program);
  return functions.functionsWith(INTEREST).flatMap(({ id, file, isTest }) => {
    const model = functions.isJudged(file) && !isTest ? functions.model(id) : undefined;
    return model && !model.isDamaged ? drainsIn(use, model) : [];
  });
});

function drainsIn(use: Use, model: FunctionModel): BlockingDrain[] {
  return model.blocks.flatMap(({ end }) => {
    if (end.kind !== "select" || end.otherwise === undefined) return [];
    const [only, ...more] = end.cases;
    const first = model.blocks[end.otherwise]?.operations[0];
    if (!only || more.length > 0 || only.operation.kind !== "send") return [];
    if (first?.kind !== "receive" || first.isRange) return [];
    const identity = identityOf(first.channel);
    if (identity === undefined || identityOf(only.operation.channel) !== identity) return [];
    const record = use(channelCensus).of(first.channel);
    const other = record?.receives.find(({ function: by }) => by.id !== model.id);
    // A buffer that only this function empties is full whenever it finds it so.
    const isKnownWhole = record !== undefined && record.makes.length > 0 && !other;
    if (isKnownWhole && record.makes.every(({ function: by }) => by.id === model.id)) return [];
    return [
      describe(model, only.operation, first, other && placeIn(other.function, other.operation.at)),
    ];
  });
}

function describe(
  model: FunctionModel,
  send: OperationOf<"send">,
  receive: OperationOf<"receive">,
  otherAt: Place | undefined,
): BlockingDrain {
  const at = placeIn(model, receive.at);
  const sendAt = placeIn(model, send.at);
  const channel = receive.channel.text;
  const reader = { thread: 1, action: `empties ${channel}`, waits: false };
  return {
    at,
    channel,
    sendAt,
    otherAt,
    trace: {
      threads: [model.name, "the reader"],
      steps: [
        { thread: 0, at: sendAt, action: `finds ${channel} full`, waits: false },
        { ...reader, at: otherAt ?? sendAt },
        {
          thread: 0,
          at,
          action: `waits to receive from ${channel}, which is empty now`,
          waits: true,
        },
      ],
    },
  };
}
