import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import { operationsOf } from "../../model/operations-of.ts";
import { type AccessPath, pathKey } from "../../model/path.ts";
import { type Program, program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { writtenBy } from "../../model/written-by.ts";
import { type ChannelRecord, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { callSteps, isTo, type Loop, type Sending, sendingsOf } from "./loops.ts";
import { type OwnSend, ownSendOf } from "./own-sends.ts";

/**
 * Two objects of one type that each send to the other, in the loop in which each alone receives:
 *
 *     left.peer, right.peer = right, left
 *
 *     func (p *player) run() { for m := range p.inbox { p.peer.inbox <- reply(m) } }
 *
 * Where both send while others have filled what room there is, neither receives. Objects in a row, of which nobody shows that the last
 * one leads back, are left alone, and so are buffers that have room for more than one.
 */
export const pairedSends = defineAnalysis("paired sends", (use): OwnSend[] =>
  use(channelCensus).channels.flatMap((record) => {
    const loop = loopOfEach(use, record);
    if (!loop || !use(program).isJudged(loop.model.file)) return [];
    const sendings = sendingsOf(use(program), loop);
    const isFedByOthers = record.sends.some(({ operation }) =>
      sendings.every(({ send }) => send !== operation),
    );
    const toPeer = sendings.find((one) => isTo(one, loop) && peerOf(one) !== undefined);
    const peer = toPeer && peerOf(toPeer);
    if (!toPeer || peer === undefined || !isFedByOthers) return [];
    return arePaired(use(program), peer) ? [describe(loop, toPeer)] : [];
  }),
);

/** The loop of a method that receives from its own object's channel, which more than one goroutine runs. */
function loopOfEach(use: Use, record: ChannelRecord): Loop | undefined {
  const { receives, makes, capacity } = record;
  const [only] = receives;
  if (!only || receives.length > 1 || makes.length === 0 || only.select) return undefined;
  if (capacity === undefined || capacity > 1) return undefined;
  const model = use(program).model(only.function.id);
  const { operation: receive } = only;
  if (!model || model.isDamaged || receive.kind !== "receive") return undefined;
  if (receive.channel.steps.length !== 1 || !isOf(receive.channel, model)) return undefined;
  const starts = use(callSites).of(model.id);
  if (!starts.every(({ operation }) => operation.kind === "spawn")) return undefined;
  return starts.length > 1 || starts.some((site) => isInLoop(use, site))
    ? { record, model, receive }
    : undefined;
}

function isInLoop(
  use: Use,
  { caller, operation }: { caller: string; operation: unknown },
): boolean {
  const blocks = use(program).model(caller)?.blocks ?? [];
  const at = blocks.findIndex(({ operations }) => operations.some((one) => one === operation));
  return at >= 0 && reaches(blocks, at, at);
}

/** The slot of the field that leads to the other one: `p.peer` of `p.peer.inbox`, where p is the loop's own object. */
function peerOf({ send, model, calls }: Sending): string | undefined {
  const { steps } = send.channel;
  const areOwnCalls = calls.every(({ in: caller, operation }) => {
    const callee = operation.kind === "call" ? operation.callee : undefined;
    const receiver = callee?.kind === "static" ? callee.receiver : undefined;
    return (
      receiver?.kind === "path" && receiver.path.steps.length === 0 && isOf(receiver.path, caller)
    );
  });
  const [first] = steps;
  if (!areOwnCalls || steps.length !== 2 || first?.kind !== "field") return undefined;
  return isOf(send.channel, model) ? first.name : undefined;
}

function isOf({ root }: AccessPath, { receiver }: FunctionModel): boolean {
  return root.kind === "variable" && receiver !== undefined && root.variable.id === receiver.id;
}

/** Whether a function makes two objects each other's: `left.peer, right.peer = right, left`. */
function arePaired(functions: Program, peer: string): boolean {
  return functions.functionsWith(new RegExp(`\\.${peer}\\b`)).some(({ id }) => {
    const model = functions.model(id);
    const given = new Map<string, string>();
    for (const one of model ? operationsOf(model) : []) {
      if ((one.kind !== "assign" && one.kind !== "write") || one.value.kind !== "path") continue;
      const [target] = writtenBy(one);
      const last = target?.steps.at(-1);
      if (!target || last?.kind !== "field" || last.name !== peer) continue;
      const owner = pathKey({ ...target, steps: target.steps.slice(0, -1) });
      const other = pathKey(one.value.path);
      if (owner !== undefined && other !== undefined) given.set(owner, other);
    }
    return [...given].some(([owner, other]) => owner !== other && given.get(other) === owner);
  });
}

function describe(loop: Loop, sending: Sending): OwnSend {
  const { name } = loop.model;
  return ownSendOf(loop, sending, (at, channel) => ({
    threads: [name, `${name} of the other one`],
    steps: [
      { thread: 1, at, action: "waits to send to the first one", waits: true },
      ...callSteps(0, sending),
      { thread: 0, at, action: `waits to send on ${channel}, for ever`, waits: true },
    ],
  }));
}
