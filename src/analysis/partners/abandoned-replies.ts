import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { type Departure, departuresFrom } from "./departures.ts";
import {
  fieldNameOf,
  isField,
  isHandedOn,
  isPrivate,
  modelsNaming,
  valuesPutInto,
} from "./named-outside.ts";

/**
 * An answer to somebody who may have stopped waiting for it:
 *
 *     q := query{reply: make(chan row)}    // no room for an answer that nobody takes
 *     t.queries <- q
 *     select {
 *     case r := <-q.reply: return r, nil
 *     case <-ctx.Done(): return row{}, ctx.Err()
 *     }
 *
 *     q.reply <- t.rows[q.id]              // elsewhere: waits for ever
 */
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

export const abandonedReplies = defineAnalysis("abandoned replies", (use): AbandonedReply[] =>
  use(channelCensus).channels.flatMap((record) => repliesOn(use, record)),
);

interface Asker {
  readonly model: FunctionModel;
  readonly receive: OperationOf<"receive">;
  readonly departure: Departure;
}

function repliesOn(use: Use, record: ChannelRecord): AbandonedReply[] {
  const functions = use(program);
  const sends = record.sends.filter(
    ({ select, function: { file } }) => !select && functions.isJudged(file),
  );
  const name = sends.length > 0 ? fieldNameOf(record.identity) : undefined;
  if (!name || !isPrivate(name)) return [];
  const models = modelsNaming(functions, name);
  if (isHandedOn(models, isField(record.identity, name))) return [];
  const sources = sourcesOf(use, record, models);
  const asker = sources && askerOf(functions, sources);
  const [make] = (sources ?? []).flatMap(({ makes }) => makes);
  if (!asker || !make) return [];
  return sends.map((send) => describe(send, make, asker));
}

/** The channel by its field, and by the names that it has before it is put there; undefined unless all of them are without a buffer. */
function sourcesOf(
  use: Use,
  record: ChannelRecord,
  models: readonly FunctionModel[],
): readonly ChannelRecord[] | undefined {
  const sources = new Set([record]);
  for (const put of valuesPutInto(models, record.identity)) {
    if (put.kind !== "assign" && put.kind !== "write") continue;
    if (put.value.kind === "nil") continue;
    const source = put.value.kind === "path" ? use(channelCensus).of(put.value.path) : undefined;
    if (!source || source.makes.length === 0) return undefined;
    sources.add(source);
  }
  const all = [...sources];
  const isMadeHere = all.some(({ makes }) => makes.length > 0);
  const areUnbuffered = all.every(({ makes, capacity }) => makes.length === 0 || capacity === 0);
  return isMadeHere && areUnbuffered ? all : undefined;
}

/** One who leaves; undefined where somebody takes answers for others, or all of them stay. */
function askerOf(functions: Program, sources: readonly ChannelRecord[]): Asker | undefined {
  const receives = sources.flatMap((source) => source.receives);
  const askers = receives.flatMap(
    ({ function: { id }, operation, select }): Asker[] | undefined => {
      const model = functions.model(id);
      if (!model || operation.kind !== "receive" || !isOwn(model, operation.channel))
        return undefined;
      if (!select || select.hasDefault) return [];
      const departure = departuresFrom(model, operation).find((one): one is Asker["departure"] =>
        isIndependent(functions, model, one),
      );
      return departure ? [{ model, receive: operation, departure }] : [];
    },
  );
  return askers.includes(undefined) ? undefined : askers.find((one) => one !== undefined);
}

/** A channel of a request that the function itself has made or got: nobody else waits at it. */
function isOwn({ id, role }: FunctionModel, { root }: AccessPath): boolean {
  return (
    role !== "closure" &&
    root.kind === "variable" &&
    root.variable.role === "local" &&
    root.variable.declaredIn === id
  );
}

/** Whether a signal comes whatever the answerer does: a context, a timer, a stop. */
function isIndependent(functions: Program, model: FunctionModel, { signal }: Departure): boolean {
  if (!signal) return false;
  const last = signal.steps.at(-1);
  if (last?.kind === "call") return last.method === "Done";
  const isTimer = operationsOf(model).some(
    (one) =>
      one.kind === "make" &&
      (one.object === "timer" || one.object === "ticker") &&
      pathKey(one.path) !== undefined &&
      pathKey(signal)?.replace(/\.C$/, "") === pathKey(one.path),
  );
  if (isTimer) return true;
  const isReceivers = signal.root.kind === "variable" && signal.root.variable.role === "receiver";
  return isReceivers && signal.slot !== undefined && !isClosedAtAnEnd(functions, signal.slot);
}

/** `defer close(t.exited)`: it comes when the one who answers has ended. */
function isClosedAtAnEnd(functions: Program, slot: string): boolean {
  return functions
    .functionsWith(/\bdefer\b/)
    .some(({ id }) =>
      functions
        .model(id)
        ?.blocks.some(({ operations }) =>
          operations.some(
            (one) =>
              one.kind === "defer" &&
              one.operations.some(
                (last) => last.kind === "close" && identityOf(last.channel) === slot,
              ),
          ),
        ),
    );
}

function describe(send: ChannelUse, make: ChannelUse, asker: Asker): AbandonedReply {
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
