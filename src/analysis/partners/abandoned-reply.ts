import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionHeader } from "../../model/function.ts";
import { placeIn } from "../../model/place-in.ts";
import type { ChannelUse } from "../channel-census.ts";
import type { Asker } from "./askers.ts";

/** An answer to somebody who may have stopped waiting for it. */
export interface AbandonedReply {
  readonly at: Place;
  readonly channel: string;
  readonly answerer: FunctionHeader;
  readonly asker: FunctionHeader;
  readonly madeAt: Place;
  /** What the asker leaves for, and where. */
  readonly signal: string;
  readonly leavesAt: Place;
  readonly trace: Trace;
}

export function describeReply(send: ChannelUse, make: ChannelUse, asker: Asker): AbandonedReply {
  const { function: answerer, operation } = send;
  const channel = operation.kind === "send" ? operation.channel.text : "";
  const at = placeIn(answerer, operation.at);
  const madeAt = placeIn(make.function, make.operation.at);
  const waitsFor = asker.receive.channel.text;
  const leavesAt = placeIn(asker.model, asker.departure.at);
  const signal = asker.departure.signal?.text ?? "";
  return {
    at,
    channel,
    answerer,
    asker: asker.model,
    madeAt,
    signal,
    leavesAt,
    trace: {
      threads: [asker.model.name, answerer.name],
      steps: [
        { thread: 0, at: madeAt, action: `makes ${waitsFor}, without a buffer`, waits: false },
        {
          thread: 0,
          at: leavesAt,
          action: `receives from ${signal}, and does not come back to ${waitsFor}`,
          waits: false,
        },
        { thread: 1, at, action: `waits to send on ${channel}, for ever`, waits: true },
      ],
    },
  };
}
