import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import type { AccessPath } from "../../model/path.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { callSteps, isTo, type Loop, loopOf, type Sending, sendingsOf } from "./loops.ts";

/**
 * A loop that sends to itself, without a buffer:
 *
 *     func (p *printer) loop()        { for { select { case j := <-p.jobs: p.print(j); case err := <-p.failed: log.Println(err) } } }
 *     func (p *printer) print(j *job) { if err := j.run(); err != nil { p.failed <- err } }
 */
export interface OwnSend {
  readonly loop: FunctionModel;
  readonly at: Place;
  readonly channel: string;
  readonly receivedAt: Place;
  readonly trace: Trace;
}

export const ownSends = defineAnalysis("own sends", (use): OwnSend[] =>
  use(channelCensus).channels.flatMap((record) => {
    const loop = loopOf(use, record);
    if (!loop || !use(program).isJudged(loop.model.file) || !runsOnce(use, loop)) return [];
    return sendingsOf(use(program), loop)
      .filter((sending) => isTo(sending, loop) && isOnOneReceiver(sending))
      .map((sending) => describe(loop, sending));
  }),
);

/** Of several that run the same loop one may receive what another sends. */
function runsOnce(use: Use, { model }: Loop): boolean {
  const [site, ...more] = use(callSites).of(model.id);
  const starter = site && more.length === 0 ? use(program).model(site.caller) : undefined;
  if (!site || !starter) return false;
  const block = starter.blocks.findIndex(({ operations }) => operations.includes(site.operation));
  return block >= 0 && !reaches(starter.blocks, block, block);
}

/** The loop, what it calls and the channel belong to one object: others of its type have loops of their own. */
function isOnOneReceiver({ send, calls }: Sending): boolean {
  const receivers = calls.map(({ operation }) =>
    operation.kind === "call" &&
    operation.callee.kind === "static" &&
    operation.callee.receiver?.kind === "path"
      ? operation.callee.receiver.path
      : undefined,
  );
  return (
    send.channel.steps.length === 1 &&
    isReceiver(send.channel) &&
    receivers.every((path) => path !== undefined && path.steps.length === 0 && isReceiver(path))
  );
}

function isReceiver({ root }: AccessPath): boolean {
  return root.kind === "variable" && root.variable.role === "receiver";
}

function describe(loop: Loop, sending: Sending): OwnSend {
  return ownSendOf(loop, sending, (at, channel) => ({
    threads: [loop.model.name],
    steps: [
      ...callSteps(0, sending),
      { thread: 0, at, action: `waits to send on ${channel}, for ever`, waits: true },
    ],
  }));
}

/** The send of a loop to itself, or to others of its kind, with what `traceOf` tells of it. */
export function ownSendOf(
  { model, receive }: Loop,
  { model: sender, send }: Sending,
  traceOf: (at: Place, channel: string) => Trace,
): OwnSend {
  const at = placeIn(sender, send.at);
  const channel = send.channel.text;
  return {
    loop: model,
    at,
    channel,
    receivedAt: placeIn(model, receive.at),
    trace: traceOf(at, channel),
  };
}
