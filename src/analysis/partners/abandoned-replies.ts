import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import { program } from "../../model/program.ts";
import { type ChannelRecord, channelCensus } from "../channel-census.ts";
import { type AbandonedReply, describeReply } from "./abandoned-reply.ts";
import { askerOf } from "./askers.ts";
import { keptReplies } from "./kept-replies.ts";
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
export const abandonedReplies = defineAnalysis("abandoned replies", (use): AbandonedReply[] => [
  ...use(channelCensus).channels.flatMap((record) => repliesOn(use, record)),
  ...keptReplies(use),
]);

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
  return sends.map((send) => describeReply(send, make, asker));
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
