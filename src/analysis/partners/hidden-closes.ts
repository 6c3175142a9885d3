import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { fieldNameOf, isPrivate } from "./named-outside.ts";
import { leavesOtherwise } from "./skipped-closes.ts";

/**
 * A method of the outer type that hides the one of what it embeds, which alone ends its goroutine:
 *
 *     func (s *service) Stop() { s.once.Do(func() { close(s.quit) }) }
 *
 *     type reporter struct { service; … }
 *     func (r *reporter) run()  { for { select { …; case <-r.quit: return } } }
 *     func (r *reporter) Stop() { r.ticker.Stop() }        // and r.service.Stop is called by nobody
 */
export interface HiddenClose {
  readonly goroutine: FunctionModel;
  /** Where the goroutine waits. */
  readonly at: Place;
  readonly channel: string;
  /** The method that closes the channel, and the one that hides it. */
  readonly closer: FunctionHeader;
  readonly hiding: FunctionHeader;
  readonly closeAt: Place;
  readonly trace: Trace;
}

export const hiddenCloses = defineAnalysis("hidden closes", (use): HiddenClose[] =>
  use(channelCensus).channels.flatMap((record) => {
    const closer = closerOf(use, record);
    return closer
      ? record.receives.flatMap((one) => hiddenFor(use, record, closer, one) ?? [])
      : [];
  }),
);

/** The exported method, itself or by a literal in it, that alone closes a channel of its object. */
function closerOf(use: Use, record: ChannelRecord): FunctionHeader | undefined {
  const [close, ...more] = record.closes;
  const field = fieldNameOf(record.identity);
  if (!close || more.length > 0 || record.sends.length > 0 || !field || !isPrivate(field))
    return undefined;
  const functions = use(program);
  const { enclosing } = close.function;
  const closer = enclosing === undefined ? close.function : functions.header(enclosing);
  const isOwn = closer && receiverType(closer) === field.type && !closer.isTest;
  return isOwn && !use(callSites).isHandedOn(closer.id) ? closer : undefined;
}

/** `(*Hub).Stop`: Hub. */
function receiverType({ name }: FunctionHeader): string | undefined {
  return /^\(?\*?(\w+)(?:\[.*\])?\)?\.\w+$/.exec(name)?.[1];
}

function methodName({ name }: FunctionHeader): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function hiddenFor(
  use: Use,
  record: ChannelRecord,
  closer: FunctionHeader,
  { function: by, operation }: ChannelUse,
): HiddenClose | undefined {
  const functions = use(program);
  const goroutine = functions.model(by.id);
  if (!goroutine || goroutine.isDamaged || goroutine.isTest || !functions.isJudged(by.file))
    return undefined;
  const embedded = receiverType(closer);
  const outer = receiverType(goroutine);
  if (operation.kind !== "receive" || outer === undefined || outer === embedded) return undefined;
  const [part, last] = operation.channel.steps;
  if (part?.kind !== "field" || part.name !== embedded || last?.kind !== "field") return undefined;
  const hiding = functions
    .functionsWith(new RegExp(`\\b${outer}\\b`))
    .find((one) => receiverType(one) === outer && methodName(one) === methodName(closer));
  if (!hiding || isCalledFor(use, closer, outer) || !use(callSites).isStarted(goroutine.id))
    return undefined;
  const waitsAt = selectOn(goroutine, operation);
  if (!waitsAt || leavesOtherwise(goroutine.blocks, record.identity)) return undefined;
  return describe(record, goroutine, waitsAt, operation.channel.text, closer, hiding);
}

/** Whether the hidden method may be called for an object of the outer type: by its methods, or by what is no method of another type. */
function isCalledFor(use: Use, { id }: FunctionHeader, outer: string): boolean {
  const functions = use(program);
  return use(callSites)
    .of(id)
    .some(({ caller }) => {
      let header = functions.header(caller);
      while (header?.enclosing !== undefined) header = functions.header(header.enclosing);
      const type = header && receiverType(header);
      return type === undefined || type === outer;
    });
}

function selectOn({ blocks }: FunctionModel, operation: ChannelUse["operation"]): Span | undefined {
  for (const { end } of blocks)
    if (end.kind === "select" && end.otherwise === undefined)
      if (end.cases.some((one) => one.operation === operation)) return end.at;
  return undefined;
}

function describe(
  { closes }: ChannelRecord,
  goroutine: FunctionModel,
  waitsAt: Span,
  channel: string,
  closer: FunctionHeader,
  hiding: FunctionHeader,
): HiddenClose {
  const at = placeIn(goroutine, waitsAt);
  const hidingAt = placeIn(hiding, hiding.nameAt);
  const [close] = closes;
  return {
    goroutine,
    at,
    channel,
    closer,
    hiding,
    closeAt: close ? placeIn(close.function, close.operation.at) : hidingAt,
    trace: {
      threads: [hiding.name, goroutine.name],
      steps: [
        { thread: 0, at: hidingAt, action: `returns with ${channel} still open`, waits: false },
        { thread: 1, at, action: `waits for ${channel} to be closed, for ever`, waits: true },
      ],
    },
  };
}
