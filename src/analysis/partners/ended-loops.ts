import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place, Span } from "../../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../../model/function.ts";
import type { OperationOf } from "../../model/operation.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, identityOf, pathKey } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { enclosingOf, type Program, program } from "../../model/program.ts";
import { writtenBy } from "../../model/written-by.ts";
import { type ChannelRecord, type ChannelUse, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { leadsTo } from "../locks/leads-to.ts";
import { type Departure, departuresFrom, errorsOf } from "./departures.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";
import { isOwnContext } from "./own-contexts.ts";

/**
 * A send to loops all of which may have ended by then:
 *
 *     func (h *hub) run() { for { select { case l := <-h.leave: …; case <-h.ctx.Done(): return } } }
 *     func (l *listener) Close() { l.hub.leave <- l }      // waits for ever
 *
 * That an object is not used once its owner has closed it, or its context has ended, is a rule of many types. So a loop that ends by
 * that alone counts only where the senders cannot know: they run in a goroutine or a callback, or others like them watch for the end.
 */
export interface SendToEndedLoop {
  readonly at: Place;
  readonly channel: string;
  readonly sender: FunctionHeader;
  readonly loop: FunctionHeader;
  readonly leavesAt: Place;
  /** What the loop leaves for; undefined for an error. */
  readonly signal: string | undefined;
  readonly because: "error" | "others watch" | "sender of its own";
  readonly trace: Trace;
}

export const sendsToEndedLoops = defineAnalysis("sends to ended loops", (use): SendToEndedLoop[] =>
  use(channelCensus).channels.flatMap((record) => sendsOn(use, record)),
);

/** Channels that are received from in more places are nobody's in particular. */
const MOST_RECEIVES = 4;

interface Loop {
  readonly model: FunctionModel;
  readonly departure: Departure;
  readonly cause: "parent" | "own" | "error";
}

function sendsOn(use: Use, record: ChannelRecord): SendToEndedLoop[] {
  const functions = use(program);
  const { receives, makes, capacity } = record;
  const sends = record.sends.filter(
    ({ select, function: { file, isTest } }) => !select && functions.isJudged(file) && !isTest,
  );
  if (sends.length === 0 || makes.length === 0 || capacity !== 0) return [];
  if (receives.length === 0 || receives.length > MOST_RECEIVES) return [];
  const name = fieldNameOf(record.identity);
  if (!name || !isPrivate(name)) return [];
  const loops = receives.map((receive) => loopOf(use, receive));
  const [loop] = loops;
  if (!loop || loops.includes(undefined)) return [];
  if (isHandedOn(modelsNaming(functions, name), isField(record.identity, name))) return [];
  return sends.flatMap((send): SendToEndedLoop[] => {
    const sender = functions.model(send.function.id);
    if (!sender || loops.some((one) => one?.model.id === sender.id)) return [];
    if (asksBefore(sender)) return [];
    const closers = closersOf(use, loop);
    // Who ends the loop himself knows that it has ended.
    if (closers.length > 0 && closers.every((closer) => isPartOf(functions, closer, sender)))
      return [];
    if (isToldByState(use, closers, sender)) return [];
    const because = reasonFor(use, loop, sender);
    return because ? [describe(send, loop, because)] : [];
  });
}

/** A loop that may leave for good, with what it leaves for. */
function loopOf(use: Use, { function: { id }, operation, select }: ChannelUse): Loop | undefined {
  const model = use(program).model(id);
  if (!model || model.isDamaged || operation.kind !== "receive" || select?.hasDefault)
    return undefined;
  const isStarted = use(callSites)
    .of(id)
    .every((site) => site.operation.kind === "spawn");
  const lasting = departuresFrom(model, operation).filter(({ signal }) => isLasting(use, signal));
  const found = [
    ...lasting.map((departure) => ({ model, departure, cause: causeOf(use, model, departure) })),
    ...(isStarted ? errorsOf(model, operation) : []).map((departure) => ({
      model,
      departure,
      cause: "error" as const,
    })),
  ];
  return found.find(({ cause }) => cause !== "own") ?? found[0];
}

/** A signal that stays: a context, or a channel that the package closes. */
function isLasting(use: Use, signal: AccessPath | undefined): boolean {
  if (!signal) return false;
  const last = signal.steps.at(-1);
  if (last?.kind === "call") return last.method === "Done";
  return signal.slot !== undefined && (use(channelCensus).of(signal)?.closes.length ?? 0) > 0;
}

function causeOf(use: Use, model: FunctionModel, { signal }: Departure): Loop["cause"] {
  if (signal?.steps.at(-1)?.kind !== "call") return "own";
  return isOwnContext(use, model, signal) ? "own" : "parent";
}

const STATE = /clos|stop|done|shut|quit|exit|runn|alive|term|ended|finish|start|activ|cancel/i;

/** Whether the sender asks, as well as it can, if there is still somebody. */
function asksBefore(model: FunctionModel): boolean {
  return (
    model.blocks.some(
      ({ end }) =>
        (end.kind === "branch" && end.condition && STATE.test(end.condition.key)) ||
        (end.kind === "select" && end.otherwise !== undefined),
    ) ||
    operationsOf(model).some(
      (one) =>
        one.kind === "call" &&
        "name" in one.callee &&
        /\.Err$|\.Load$|\.Alive$/.test(one.callee.name),
    )
  );
}

/** The functions that close the channel for which a loop ends, where they may come once it runs. */
function closersOf(use: Use, { model: loop, departure: { signal } }: Loop): FunctionModel[] {
  const closes = (signal && use(channelCensus).of(signal)?.closes) ?? [];
  return closes.flatMap(({ function: { id }, operation }) => {
    const closer = use(program).model(id);
    return closer && !isBeforeStart(use, closer, operation.at, loop) ? closer : [];
  });
}

/** `close(c.done); return` above `go c.run()`: where it is closed the loop is not started. */
function isBeforeStart(use: Use, closer: FunctionModel, at: Span, loop: FunctionModel): boolean {
  const starts = use(callSites)
    .of(loop.id)
    .filter(({ operation }) => operation.kind === "spawn");
  return (
    starts.length > 0 &&
    starts.every(
      ({ caller, operation }) =>
        caller === closer.id &&
        !leadsTo(closer, at, operation.at) &&
        !leadsTo(closer, operation.at, at),
    )
  );
}

function isPartOf(functions: Program, part: FunctionModel, whole: FunctionModel): boolean {
  return part.id === whole.id || enclosingOf(functions, part).includes(whole.id);
}

/** The sender, a caller of it or what it calls asks a field which whoever ends the loop sets: `if c.state != open { return }`. */
function isToldByState(
  use: Use,
  closers: readonly FunctionModel[],
  sender: FunctionModel,
): boolean {
  const functions = use(program);
  if (closers.length === 0) return false;
  const callers = use(callSites)
    .of(sender.id)
    .flatMap(({ caller }) => functions.model(caller) ?? []);
  const asking = [sender, ...callers].flatMap((one) => [one, ...calledBy(functions, one)]);
  const asked = new Set(asking.flatMap(fieldsAsked));
  return closers.every((closer) => fieldsSet(functions, closer).some((field) => asked.has(field)));
}

function calledBy(functions: Program, model: FunctionModel): FunctionModel[] {
  return operationsOf(model).flatMap((one) =>
    one.kind === "call" && one.callee.kind === "static"
      ? (functions.model(one.callee.function) ?? [])
      : [],
  );
}

/** The names of the fields of the receiver that conditions are about. */
function fieldsAsked({ blocks, receiver }: FunctionModel): string[] {
  return blocks.flatMap(({ end }) => {
    const reads = end.kind === "branch" ? (end.condition?.reads ?? []) : [];
    return reads.flatMap((read) =>
      receiver && read.startsWith(`${receiver.id}.`) ? read.slice(receiver.id.length) : [],
    );
  });
}

function fieldsSet(functions: Program, { id, receiver }: FunctionModel): string[] {
  const model = functions.accesses?.(id) ?? functions.model(id);
  if (!model || !receiver) return [];
  return operationsOf(model)
    .flatMap(writtenBy)
    .flatMap((path) => (path && pathKey(path)) ?? [])
    .flatMap((key) => (key.startsWith(`${receiver.id}.`) ? key.slice(receiver.id.length) : []));
}

function reasonFor(
  use: Use,
  { cause, departure: { signal } }: Loop,
  sender: FunctionModel,
): SendToEndedLoop["because"] | undefined {
  if (cause === "error") return cause;
  if (signal && isWatchedByOthers(use, signal)) return "others watch";
  return runsByItself(use, sender) ? "sender of its own" : undefined;
}

/** Other sends stand in a select with the signal. */
function isWatchedByOthers(use: Use, signal: AccessPath): boolean {
  const identity = identityOf(signal);
  return use(channelCensus).channels.some(({ sends }) =>
    sends.some(({ select }) => select?.others.some((other) => identityOf(other) === identity)),
  );
}

/** Whether a function runs in a goroutine, or as a callback of whoever has it. */
function runsByItself(use: Use, model: FunctionModel): boolean {
  const functions = use(program);
  const sites = use(callSites);
  if (sites.isHandedOn(model.id) || isReturned(use, model)) return true;
  return sites.of(model.id).some(({ caller, operation }) => {
    if (operation.kind === "spawn") return true;
    const calling = functions.model(caller);
    if (!calling || calling.isTest) return false;
    if (isReturned(use, calling)) return true;
    return sites.isStarted(caller);
  });
}

/** A closure that the function around it returns. */
function isReturned(use: Use, { id, enclosing }: FunctionModel): boolean {
  const around = enclosing === undefined ? undefined : use(program).model(enclosing);
  return (
    around?.blocks.some(
      ({ end }) =>
        end.kind === "return" &&
        end.values.some((value) => value.kind === "function" && value.function === id),
    ) === true
  );
}

function describe(
  send: ChannelUse,
  { model: loop, departure }: Loop,
  because: SendToEndedLoop["because"],
): SendToEndedLoop {
  const { function: sender } = send;
  const operation = send.operation as OperationOf<"send">;
  const at = placeIn(sender, operation.at);
  const leavesAt = placeIn(loop, departure.at);
  const channel = operation.channel.text;
  const signal = departure.signal?.text;
  return {
    at,
    channel,
    sender,
    loop,
    leavesAt,
    signal,
    because,
    trace: {
      threads: [loop.name, sender.name],
      steps: [
        {
          thread: 0,
          at: leavesAt,
          action:
            signal === undefined ? "returns an error" : `receives from ${signal}, and returns`,
          waits: false,
        },
        { thread: 1, at, action: `waits to send on ${channel}, for ever`, waits: true },
      ],
    },
  };
}
