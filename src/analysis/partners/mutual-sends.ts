import { defineAnalysis } from "../../core/analysis.ts";
import type { Trace } from "../../core/finding.ts";
import type { Place } from "../../core/position.ts";
import type { FunctionModel } from "../../model/function.ts";
import { placeIn } from "../../model/place-in.ts";
import { program } from "../../model/program.ts";
import { channelCensus } from "../channel-census.ts";
import { callSteps, isTo, type Loop, loopOf, type Sending, sendingsOf } from "./loops.ts";

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

function describe(loop: Loop, mine: Sending, other: Loop, theirs: Sending): MutualSend {
  const at = placeIn(mine.model, mine.send.at);
  const otherAt = placeIn(theirs.model, theirs.send.at);
  const channel = mine.send.channel.text;
  const otherChannel = theirs.send.channel.text;
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
        ...callSteps(1, theirs),
        { thread: 1, at: otherAt, action: `waits to send on ${otherChannel}`, waits: true },
        ...callSteps(0, mine),
        { thread: 0, at, action: `waits to send on ${channel}, for ever`, waits: true },
      ],
    },
  };
}
