import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { Block, FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { successors } from "../../model/successors.ts";
import { type ChannelRecord, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";

/**
 * A goroutine that nothing but the close of a channel ends, and a method that gives up before it closes:
 *
 *     func (r *refresher) run()  { for { select { case <-r.stop: return; case <-r.nudge: … } } }
 *     func (r *refresher) Close() error {
 *         if err := r.issuer.revoke(r.token); err != nil { return err }   // r.stop stays open
 *         close(r.stop)
 *         return nil
 *     }
 */
export interface SkippedClose {
  readonly goroutine: FunctionModel;
  /** Where the goroutine waits. */
  readonly at: Place;
  readonly channel: string;
  readonly closer: FunctionModel;
  readonly closeAt: Place;
  /** The way out of the closing method that leaves the channel open. */
  readonly returnAt: Place;
  readonly trace: Trace;
}

/** Methods after which nobody uses the object, by their names. */
const ENDING = /\.(?:Close|Stop|Shutdown|Terminate|Destroy|Dispose)$/i;

export const skippedCloses = defineAnalysis("skipped closes", (use): SkippedClose[] => {
  const functions = use(program);
  return use(channelCensus).channels.flatMap((record) => {
    const closing = closingOf(functions, record);
    const waiting = closing && waitingOf(functions, record);
    return closing && waiting && use(callSites).isStarted(waiting.model.id)
      ? [leftOpen(closing, waiting, "waits for", "to be closed")]
      : [];
  });
});

/** The one close of a channel, and a return that comes before it. */
export interface Closing {
  readonly model: FunctionModel;
  readonly close: OperationOf<"close">;
  readonly returnAt: Span;
}

/** The one place that closes a channel which nobody sends on, and the way past it on which an error is returned. */
function closingOf(functions: Program, record: ChannelRecord): Closing | undefined {
  const [close, ...more] = record.closes;
  if (!close || more.length > 0 || record.sends.length > 0 || record.makes.length !== 1)
    return undefined;
  const { file, isTest, id, name } = close.function;
  if (isTest || !functions.isJudged(file) || !ENDING.test(name)) return undefined;
  const field = fieldNameOf(record.identity);
  const model = functions.model(id);
  if (!field || !isPrivate(field) || !model || model.isDamaged) return undefined;
  if (close.operation.kind !== "close") return undefined;
  if (isHandedOn(modelsNaming(functions, field), isField(record.identity, field))) return undefined;
  const returnAt = wayPast(model.blocks, close.operation);
  return returnAt && { model, close: close.operation, returnAt };
}

/** A return of the error that a call has just given, in a block before any that closes, on the way from a block. */
export function wayPast(
  blocks: readonly Block[],
  close: OperationOf<"close">,
  from = 0,
): Span | undefined {
  const reached = new Set<number>();
  const waiting = [from];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const block = blocks[at];
    if (!block || reached.has(at) || block.operations.includes(close)) continue;
    // A deferred close comes on every way from here.
    if (block.operations.some((one) => one.kind === "defer" && one.operations.includes(close)))
      continue;
    reached.add(at);
    waiting.push(...successors(block.end));
    const { end, operations } = block;
    if (end.kind !== "branch" || !end.condition?.isErrorTest) continue;
    if (!operations.some(({ kind }) => kind === "call")) continue;
    const failed = blocks[end.condition.negated ? end.then : end.otherwise];
    if (failed?.end.kind === "return" && !failed.operations.includes(close)) return failed.end.at;
  }
  return undefined;
}

interface Waiting {
  readonly model: FunctionModel;
  readonly at: Span;
}

/** The loop that ends by the close alone: each of its returns is behind that case. */
function waitingOf(functions: Program, record: ChannelRecord): Waiting | undefined {
  const [receive, ...more] = record.receives;
  if (!receive || more.length > 0 || receive.select?.hasDefault) return undefined;
  const model = functions.model(receive.function.id);
  if (!model || model.isDamaged || model.isTest) return undefined;
  const home = model.blocks.findIndex(
    ({ end }) =>
      end.kind === "select" && end.cases.some(({ operation }) => operation === receive.operation),
  );
  const end = model.blocks[home]?.end;
  if (end?.kind !== "select" || leavesOtherwise(model.blocks, record.identity)) return undefined;
  return { model, at: end.at };
}

/** Whether a function may return without the close of the channel. */
export function leavesOtherwise(blocks: readonly Block[], channel: string): boolean {
  const reached = new Set<number>();
  const waiting = [0];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const end = blocks[at]?.end;
    if (!end || reached.has(at)) continue;
    reached.add(at);
    if (end.kind === "select")
      for (const { operation, to } of end.cases) {
        const isClosed = operation.kind === "receive" && identityOf(operation.channel) === channel;
        if (!isClosed) waiting.push(to);
      }
    else if (successors(end).length === 0) return true;
    else waiting.push(...successors(end));
  }
  return false;
}

/** `verb` and `purpose`: what the goroutine does with the channel, around its name. */
export function leftOpen(
  { model: closer, close, returnAt }: Closing,
  { model: goroutine, at: waitsAt }: Waiting,
  verb: string,
  purpose = "",
): SkippedClose {
  const channel = close.channel.text;
  const at = placeIn(goroutine, waitsAt);
  const left = placeIn(closer, returnAt);
  const waiting = [verb, channel, purpose].join(" ").trimEnd();
  return {
    goroutine,
    at,
    channel,
    closer,
    closeAt: placeIn(closer, close.at),
    returnAt: left,
    trace: {
      threads: [closer.name, goroutine.name],
      steps: [
        { thread: 0, at: left, action: `returns with ${channel} still open`, waits: false },
        { thread: 1, at, action: `${waiting}, for ever`, waits: true },
      ],
    },
  };
}
