import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";

/**
 * A channel that is closed to end an object, and that its goroutine does not listen to:
 *
 *     f := &feature{stop: make(chan struct{})}
 *     go func() { f.set(<-changed) }()        // waits for the change alone
 *     func (f *feature) disable() { close(f.stop) }
 */
export interface UnheardStop {
  /** Where the goroutine waits. */
  readonly at: Place;
  readonly waitsFor: string;
  readonly stop: string;
  readonly closer: FunctionModel;
  readonly closeAt: Place;
  readonly startedAt: Place;
  readonly trace: Trace;
}

/** Names that say what the channel is closed for. */
const STOP = /^(?:stop|quit|exit|clos|shut|kill|halt|cancel|abort|term|end$)/i;
/** The closer may end what the goroutine waits for by other means. */
const ENDING = /clos|stop|shut|end|cancel|unsub|kill|term|quit|drop|remove|delete|detach/i;

export const unheardStops = defineAnalysis("unheard stops", (use): UnheardStop[] =>
  use(channelCensus).channels.flatMap((record) => {
    const stopping = stoppingOf(use, record);
    return stopping ? deafTo(use, record, stopping) : [];
  }),
);

interface Stopping {
  readonly closer: FunctionModel;
  readonly close: OperationOf<"close">;
}

/** The one place that closes a channel which nothing is ever received from. */
function stoppingOf(use: Use, record: ChannelRecord): Stopping | undefined {
  const [close, ...more] = record.closes;
  if (!close || more.length > 0 || close.isInGoroutine || close.operation.kind !== "close")
    return undefined;
  if (record.sends.length > 0 || record.receives.length > 0) return undefined;
  const functions = use(program);
  const { id, file, isTest } = close.function;
  const field = fieldNameOf(record.identity);
  if (isTest || !functions.isJudged(file) || !field || !STOP.test(field.field)) return undefined;
  if (!isPrivate(field) || /^\p{Lu}/u.test(field.field)) return undefined;
  if (isHandedOn(modelsNaming(functions, field), isField(record.identity, field))) return undefined;
  const closer = functions.model(id);
  return closer && !closer.isDamaged && !endsMore(closer, close.operation)
    ? { closer, close: close.operation }
    : undefined;
}

function endsMore(closer: FunctionModel, close: OperationOf<"close">): boolean {
  return operationsOf(closer).some((one) => {
    if (one.kind === "close" || one.kind === "cancel") return one !== close;
    if (one.kind === "send") return true;
    if (one.kind !== "call") return false;
    const { callee } = one;
    return callee.kind === "static" ? false : ENDING.test(callee.name);
  });
}

/** Goroutines of whoever makes the object that wait at one channel, outside of any select. */
function deafTo(use: Use, record: ChannelRecord, stopping: Stopping): UnheardStop[] {
  const functions = use(program);
  return record.makes.flatMap(({ function: { id } }) => {
    const maker = functions.model(id);
    if (!maker || maker.isDamaged || maker.isTest) return [];
    return operationsOf(maker).flatMap((spawn) => {
      if (spawn.kind !== "spawn" || spawn.callee.kind !== "static") return [];
      const goroutine = functions.model(spawn.callee.function);
      const wait = goroutine && bareWait(use, goroutine, stopping);
      return wait ? [describe(maker, spawn, goroutine, wait, stopping)] : [];
    });
  });
}

function bareWait(
  use: Use,
  goroutine: FunctionModel,
  { closer }: Stopping,
): OperationOf<"receive"> | undefined {
  const census = use(channelCensus);
  return goroutine.blocks
    .flatMap(({ operations }) => operations)
    .find((one): one is OperationOf<"receive"> => {
      if (one.kind !== "receive") return false;
      const { root, steps } = one.channel;
      // Contexts and clocks come by themselves.
      if (root.kind !== "variable" || steps.some(({ kind, ...step }) => isByItself(kind, step)))
        return false;
      const closes: readonly ChannelUse[] =
        identityOf(one.channel) === undefined ? [] : (census.of(one.channel)?.closes ?? []);
      return !closes.some(({ function: { id } }) => id === closer.id);
    });
}

function isByItself(kind: string, step: object): boolean {
  return kind === "call" || ("name" in step && step.name === "C");
}

function describe(
  maker: FunctionModel,
  spawn: OperationOf<"spawn">,
  goroutine: FunctionModel,
  wait: OperationOf<"receive">,
  { closer, close }: Stopping,
): UnheardStop {
  const at = placeIn(goroutine, wait.at);
  const closeAt = placeIn(closer, close.at);
  const startedAt = placeIn(maker, spawn.at);
  const [stop, waitsFor] = [close.channel.text, wait.channel.text];
  return {
    at,
    waitsFor,
    stop,
    closer,
    closeAt,
    startedAt,
    trace: {
      threads: [closer.name, goroutine.name],
      steps: [
        { thread: 1, at: startedAt, action: "is started", waits: false },
        { thread: 0, at: closeAt, action: `closes ${stop}, which nobody hears`, waits: false },
        { thread: 1, at, action: `waits to receive from ${waitsFor}, for ever`, waits: true },
      ],
    },
  };
}
