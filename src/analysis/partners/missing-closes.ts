import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { Block, FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { Operation } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type FunctionId, identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";

/**
 * A goroutine that closes its channel at the end of its work, and not where it gives up:
 *
 *     if err == io.EOF { close(p.lines); return }
 *     if err != nil { p.fail(err); return }       // p.lines stays open
 *
 *     for line := range p.lines {…}               // elsewhere: waits for ever
 */
export interface MissingClose {
  /** The way out that leaves the channel open. */
  readonly at: Place;
  readonly channel: string;
  readonly producer: FunctionHeader;
  readonly closeAt: Place;
  readonly consumer: FunctionHeader;
  readonly rangeAt: Place;
  readonly trace: Trace;
}

export const missingCloses = defineAnalysis("missing closes", (use): MissingClose[] => {
  const functions = use(program);
  return use(channelCensus).channels.flatMap(
    (record) => missingIn(functions, record, (id) => use(callSites).isStarted(id)) ?? [],
  );
});

function missingIn(
  functions: Program,
  record: ChannelRecord,
  isStarted: (id: FunctionId) => boolean,
): MissingClose | undefined {
  const [close] = record.closes;
  if (!close || !functions.isJudged(close.function.file)) return undefined;
  const { id } = close.function;
  const isOnlyProducer = [...record.closes, ...record.sends].every((one) => one.function.id === id);
  const isOnlyRanged = record.receives.every(isRange);
  const [range] = record.receives;
  if (!isOnlyProducer || !isOnlyRanged || !range || range.function.id === id) return undefined;
  const name = fieldNameOf(record.identity);
  const model = functions.model(id);
  if (!name || !isPrivate(name) || !model || model.isDamaged || startsOthers(model))
    return undefined;
  if (!isStarted(model.id)) return undefined;
  if (isHandedOn(modelsNaming(functions, name), isField(record.identity, name))) return undefined;
  const at = wayOutOf(model, record.identity);
  return at && describe(model, at, close, range);
}

function isRange({ operation }: ChannelUse): boolean {
  return operation.kind === "receive" && operation.isRange === true;
}

/** Who ranges over the channel may be started by the producer itself, where it has not given up. */
function startsOthers(model: FunctionModel): boolean {
  return operationsOf(model).some(({ kind }) => kind === "spawn");
}

/** A return behind an error, or behind a signal in a select, that no close comes before and no value tells of. */
function wayOutOf({ blocks }: FunctionModel, channel: string): Operation["at"] | undefined {
  const open = reachedWithout(blocks, 0, channel, "close");
  for (const at of open) {
    for (const start of givesUpAt(blocks[at])) {
      const after = reachedWithout(blocks, start, channel, "close or send");
      const last = [...after]
        .map((index) => blocks[index]?.end)
        .find((end) => end?.kind === "return");
      if (last?.kind === "return") return last.at;
    }
  }
  return undefined;
}

/** The blocks that are come to without an end or a word on the channel; a deferred close comes on every way. */
function reachedWithout(
  blocks: readonly Block[],
  start: number,
  channel: string,
  what: "close" | "close or send",
): ReadonlySet<number> {
  const reached = new Set<number>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const block = blocks[next];
    if (!block || reached.has(next) || speaksOf(block, channel, what)) continue;
    reached.add(next);
    waiting.push(...successors(block.end));
  }
  return reached;
}

function speaksOf({ operations, end }: Block, channel: string, what: string): boolean {
  const all = operations.flatMap((one) => (one.kind === "defer" ? one.operations : [one]));
  const cases = end.kind === "select" ? end.cases.map(({ operation }) => operation) : [];
  return [...all, ...(what === "close" ? [] : cases)].some((one) => {
    if (one.kind === "close") return identityOf(one.channel) === channel;
    return what !== "close" && one.kind === "send" && identityOf(one.channel) === channel;
  });
}

function givesUpAt(block: Block | undefined): number[] {
  const end = block?.end;
  if (end?.kind === "branch" && end.condition?.isErrorTest)
    return [end.condition.negated ? end.then : end.otherwise];
  if (end?.kind !== "select") return [];
  return end.cases.flatMap(({ operation, to }) => (operation.kind === "receive" ? [to] : []));
}

function describe(
  producer: FunctionModel,
  returnAt: Operation["at"],
  close: ChannelUse,
  range: ChannelUse,
): MissingClose {
  const channel = close.operation.kind === "close" ? close.operation.channel.text : "";
  const ranged = range.operation.kind === "receive" ? range.operation.channel.text : channel;
  const at = placeIn(producer, returnAt);
  const rangeAt = placeIn(range.function, range.operation.at);
  return {
    at,
    channel,
    producer,
    closeAt: placeIn(producer, close.operation.at),
    consumer: range.function,
    rangeAt,
    trace: {
      threads: [producer.name, range.function.name],
      steps: [
        { thread: 0, at, action: `returns with ${channel} still open`, waits: false },
        {
          thread: 1,
          at: rangeAt,
          action: `waits to receive from ${ranged}, for ever`,
          waits: true,
        },
      ],
    },
  };
}
