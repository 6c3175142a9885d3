import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace, TraceStep } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { Operation, OperationOf } from "../../model/operation.ts";
import { type FunctionId, identityOf } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { successors } from "../../model/successors.ts";
import { type ChannelRecord, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";

/**
 * Two loops that send to each other without a buffer, outside of their selects:
 *
 *     func (n *node) run()      { for { select { case m := <-n.inbox: …; case p := <-n.proposals: n.transport.out <- p } } }
 *     func (t *transport) run() { for m := range t.out { t.node.inbox <- reply(m) } }
 *
 * Where both send at once, neither comes back to receive.
 */
export interface MutualSend {
  readonly loop: FunctionModel;
  readonly at: Place;
  readonly channel: string;
  readonly otherLoop: FunctionModel;
  readonly otherAt: Place;
  readonly otherChannel: string;
  readonly trace: Trace;
}

/** From the loop to the send. */
const DEPTH = 3;

interface Loop {
  readonly record: ChannelRecord;
  readonly model: FunctionModel;
  readonly receive: OperationOf<"receive">;
}

interface Sending {
  readonly model: FunctionModel;
  readonly send: OperationOf<"send">;
  /** The calls from the loop's function on. */
  readonly calls: readonly { readonly in: FunctionModel; readonly operation: Operation }[];
  /** Whether the loop comes to it from more than the receive alone: with another signal, or several times. */
  readonly isUnasked: boolean;
}

export const mutualSends = defineAnalysis("mutual sends", (use): MutualSend[] => {
  const functions = use(program);
  const loops = use(channelCensus).channels.flatMap((record) => loopOf(use, record) ?? []);
  if (loops.length < 2) return [];
  const sendings = new Map(loops.map((loop) => [loop, sendingsOf(functions, loop)]));
  return loops.flatMap((loop) =>
    loops.flatMap((other) => {
      if (loop.model.id === other.model.id || !functions.isJudged(loop.model.file)) return [];
      const mine = sendings.get(loop)?.find((one) => one.isUnasked && isTo(one, other));
      const theirs = sendings.get(other)?.find((one) => isTo(one, loop));
      if (!mine || !theirs) return [];
      // What both do unasked is told once.
      const isTwice =
        theirs.isUnasked && mine.isUnasked && loops.indexOf(other) < loops.indexOf(loop);
      return isTwice ? [] : [describe(loop, mine, other, theirs)];
    }),
  );
});

/** The one loop that receives from a channel without a buffer, in a goroutine. */
function loopOf(use: Use, record: ChannelRecord): Loop | undefined {
  const { receives, makes, capacity, sends, identity } = record;
  const [only] = receives;
  if (!only || receives.length > 1 || makes.length === 0 || capacity !== 0) return undefined;
  const name = fieldNameOf(identity);
  if (sends.length === 0 || !name || !isPrivate(name)) return undefined;
  const functions = use(program);
  const model = functions.model(only.function.id);
  const { operation: receive } = only;
  if (!model || model.isDamaged || receive.kind !== "receive" || only.select?.hasDefault)
    return undefined;
  const at = blockOf(model, receive);
  if (at < 0 || !reaches(model.blocks, at, at)) return undefined;
  const sites = use(callSites).of(model.id);
  if (sites.length === 0 || sites.some(({ operation }) => operation.kind !== "spawn"))
    return undefined;
  if (isHandedOn(modelsNaming(functions, name), isField(identity, name))) return undefined;
  return { record, model, receive };
}

function blockOf({ blocks }: FunctionModel, receive: Operation): number {
  return blocks.findIndex(
    ({ operations, end }) =>
      operations.includes(receive) ||
      (end.kind === "select" && end.cases.some(({ operation }) => operation === receive)),
  );
}

function isTo({ send }: Sending, { record }: Loop): boolean {
  return identityOf(send.channel) === record.identity;
}

/** Sends outside of a select that a pass of the loop comes to, by calls or at once. */
function sendingsOf(functions: Program, { model, receive }: Loop): Sending[] {
  const { blocks } = model;
  const home = blockOf(model, receive);
  const end = blocks[home]?.end;
  const unasked = new Set<number>();
  if (end?.kind === "select")
    for (const { operation, to } of end.cases)
      if (operation !== receive) for (const one of within(model, to, home)) unasked.add(one);
  const found: Sending[] = [];
  for (const [index, block] of blocks.entries()) {
    if (!reaches(blocks, index, home) || !reaches(blocks, home, index)) continue;
    const isRepeated = index !== home && reaches(blocks, index, index, home);
    const isUnasked = unasked.has(index) || isRepeated;
    collect(functions, model, block.operations, isUnasked, [], new Set([model.id]), found);
  }
  return found;
}

/** The blocks of one case, up to the next pass. */
function within({ blocks }: FunctionModel, start: number, home: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const waiting = [start];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const block = blocks[next];
    if (!block || next === home || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...successors(block.end));
  }
  return seen;
}

function collect(
  functions: Program,
  model: FunctionModel,
  operations: readonly Operation[],
  isUnasked: boolean,
  calls: Sending["calls"],
  seen: Set<FunctionId>,
  found: Sending[],
): void {
  for (const operation of operations) {
    if (operation.kind === "send") found.push({ model, send: operation, calls, isUnasked });
    if (operation.kind !== "call" || operation.callee.kind !== "static") continue;
    const callee = functions.model(operation.callee.function);
    if (!callee || callee.isDamaged || seen.has(callee.id) || calls.length === DEPTH) continue;
    const deeper = [...calls, { in: model, operation }];
    const known = new Set([...seen, callee.id]);
    for (const [index, block] of callee.blocks.entries()) {
      const isRepeated = isUnasked || reaches(callee.blocks, index, index);
      collect(functions, callee, block.operations, isRepeated, deeper, known, found);
    }
  }
}

function describe(loop: Loop, mine: Sending, other: Loop, theirs: Sending): MutualSend {
  const at = placeIn(mine.model, mine.send.at);
  const otherAt = placeIn(theirs.model, theirs.send.at);
  const channel = mine.send.channel.text;
  const otherChannel = theirs.send.channel.text;
  const calls = (thread: number, { calls: way }: Sending): TraceStep[] =>
    way.map(({ in: { file }, operation }) => ({
      thread,
      at: { file, ...operation.at },
      action: "calls on",
      waits: false,
    }));
  return {
    loop: loop.model,
    at,
    channel,
    otherLoop: other.model,
    otherAt,
    otherChannel,
    trace: {
      threads: [loop.model.name, other.model.name],
      steps: [
        ...calls(1, theirs),
        { thread: 1, at: otherAt, action: `waits to send on ${otherChannel}`, waits: true },
        ...calls(0, mine),
        { thread: 0, at, action: `waits to send on ${channel}, for ever`, waits: true },
      ],
    },
  };
}
