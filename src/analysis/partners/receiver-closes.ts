import { defineAnalysis } from "../../core/analysis.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { Callee, Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";

/**
 * The receiver of a channel closes it on a way on which it has given up, while goroutines of others send:
 *
 *     defer close(lines)
 *     select { case line := <-lines: …; case <-ctx.Done(): return }      // the sender panics
 */
export interface ReceiverClose {
  readonly at: Place;
  readonly channel: string;
  readonly receiver: FunctionHeader;
  readonly receivesAt: Place;
  readonly sender: FunctionHeader;
  readonly sendsAt: Place;
}

export const receiverCloses = defineAnalysis("receiver closes", (use): ReceiverClose[] => {
  const functions = use(program);
  return use(channelCensus).channels.flatMap((channel) => faultOf(channel, functions) ?? []);
});

function faultOf(channel: ChannelRecord, functions: Program): ReceiverClose | undefined {
  const { closes, receives, sends } = channel;
  const [close] = closes;
  if (!close || closes.length > 1) return undefined;
  const receiver = functions.model(close.function.id);
  if (!receiver || receiver.isTest || !functions.isJudged(receiver.file)) return undefined;
  const own = receives.filter((one) => one.function.id === receiver.id);
  const gives = own.find(
    ({ select, operation }) =>
      select && !select.hasDefault && givesUpFor(receiver, operation.at, close.operation.at),
  );
  if (!gives || own.length !== receives.length || waitsForOthers(receiver, functions))
    return undefined;
  const [send] = sends;
  if (!send || !sends.every((one) => isBeside(one, receiver, functions))) return undefined;
  return {
    at: placeIn(receiver, close.operation.at),
    channel: gives.operation.kind === "receive" ? gives.operation.channel.text : "",
    receiver,
    receivesAt: placeIn(receiver, gives.operation.at),
    sender: send.function,
    sendsAt: placeIn(send.function, send.operation.at),
  };
}

/** Whether another case of the select leads to the close, which does not come back to the select before; or the close is deferred. */
function givesUpFor({ blocks }: FunctionModel, receive: Span, close: Span): boolean {
  const isClose = ({ kind, at }: Operation): boolean =>
    kind === "close" && at.start === close.start;
  const isDeferred = blocks.some(({ operations }) =>
    operations.some((one) => one.kind === "defer" && one.operations.some(isClose)),
  );
  const selecting = blocks.findIndex(
    ({ end }) =>
      end.kind === "select" &&
      end.cases.some(({ operation }) => operation.at.start === receive.start),
  );
  const end = blocks[selecting]?.end;
  if (end?.kind !== "select") return false;
  const others = end.cases.filter(({ operation }) => operation.at.start !== receive.start);
  if (isDeferred) return others.length > 0;
  const closing = blocks.findIndex(({ operations }) => operations.some(isClose));
  return others.some(({ to }) => to === closing || reaches(blocks, to, closing, selecting));
}

/** Calls that may end the senders before the channel is closed, by their names. */
const ENDS =
  /(?:stop|close|cancel|shut|wait|unsub|unregister|remove|detach|delete|drain|join|release|end|off)\w*$/i;

/** It may wait for the senders, stop them, or share a lock with them. */
function waitsForOthers(receiver: FunctionModel, functions: Program): boolean {
  return operationsOf(receiver).some((one) => {
    if (one.kind === "wait" || one.kind === "acquire" || one.kind === "cancel") return true;
    return one.kind === "call" && ENDS.test(nameOf(one.callee, functions));
  });
}

function nameOf(callee: Callee, functions: Program): string {
  return callee.kind === "static" ? (functions.header(callee.function)?.name ?? "") : callee.name;
}

/** The sender is another function, and looks at no lock. */
function isBeside(
  { function: sender }: ChannelUse,
  receiver: FunctionModel,
  functions: Program,
): boolean {
  const model = sender.isTest || sender.id === receiver.id ? undefined : functions.model(sender.id);
  return model !== undefined && !operationsOf(model).some(({ kind }) => kind === "acquire");
}
