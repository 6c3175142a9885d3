import { defineAnalysis, type Use } from "../../core/analysis.ts";
import type { FunctionModel } from "../../model/function.ts";
import { program } from "../../model/program.ts";
import { reaches } from "../../model/reaches.ts";
import { type ChannelRecord, channelCensus } from "../channel-census.ts";
import { callSites } from "../locks/call-sites.ts";
import { callSteps, isTo, type Loop, type Sending, sendingsOf } from "./loops.ts";
import { fieldNameOf, isField, isHandedOn, isPrivate, modelsNaming } from "./named-outside.ts";
import { type OwnSend, ownSendOf } from "./own-sends.ts";

/**
 * Workers that feed their own queue, several for each that they take:
 *
 *     for i := 0; i < n; i++ { go c.work() }
 *
 *     func (c *crawler) work() {
 *         for page := range c.queue {
 *             for _, link := range c.linksOf(page) { c.queue <- link }
 *         }
 *     }
 *
 * Once the buffer is full and each of them sends, nobody is left to receive.
 */
export const workerSends = defineAnalysis("worker sends", (use): OwnSend[] =>
  use(channelCensus).channels.flatMap((record) => {
    const loop = workersAt(use, record);
    if (!loop || !use(program).isJudged(loop.model.file)) return [];
    const own = sendingsOf(use(program), loop).find((one) => one.isUnasked && isTo(one, loop));
    return own ? [describe(loop, own)] : [];
  }),
);

/** `go func() { defer group.Done(); c.work() }()` stands between. */
const DEPTH = 1;
/** A buffer of more than this is meant to hold all there ever is. */
const ROOMY = 100;

/** The one loop that receives from a channel in a field, which several goroutines run. */
function workersAt(use: Use, record: ChannelRecord): Loop | undefined {
  const { receives, makes, capacity, identity } = record;
  const [only] = receives;
  const name = fieldNameOf(identity);
  if (!only || receives.length > 1 || makes.length === 0 || !name || !isPrivate(name))
    return undefined;
  if ((capacity ?? 0) > ROOMY || isAsLargeAsAll(makes)) return undefined;
  const functions = use(program);
  const model = functions.model(only.function.id);
  const { operation: receive } = only;
  if (!model || model.isDamaged || receive.kind !== "receive" || only.select) return undefined;
  if (!areSeveral(use, model) || isHandedOn(modelsNaming(functions, name), isField(identity, name)))
    return undefined;
  return { record, model, receive };
}

/** `make(chan job, len(jobs))`. */
function isAsLargeAsAll(makes: ChannelRecord["makes"]): boolean {
  return makes.some(({ operation }) => {
    const capacity = operation.kind === "make" ? operation.capacity : undefined;
    const text = capacity?.kind === "expression" ? capacity.text : undefined;
    return /\blen\(|total|count|all/i.test(text ?? "");
  });
}

/** Whether a loop starts goroutines that run the function, and nobody else calls it. */
function areSeveral(use: Use, { id }: FunctionModel, depth = DEPTH): boolean {
  const functions = use(program);
  const sites = use(callSites).of(id);
  const isOfLoop = (caller: FunctionModel, at: number): boolean =>
    at >= 0 && reaches(caller.blocks, at, at);
  return (
    sites.length > 0 &&
    sites.every(({ caller, operation }) => {
      const model = functions.model(caller);
      if (!model) return false;
      if (operation.kind === "spawn")
        return isOfLoop(
          model,
          model.blocks.findIndex(({ operations }) => operations.includes(operation)),
        );
      return depth > 0 && model.role === "closure" && areSeveral(use, model, depth - 1);
    })
  );
}

function describe(loop: Loop, sending: Sending): OwnSend {
  return ownSendOf(loop, sending, (at, channel) => ({
    threads: [`each goroutine of ${loop.model.name}`],
    steps: [
      ...callSteps(0, sending),
      { thread: 0, at, action: `waits to send on ${channel}, as do all others`, waits: true },
    ],
  }));
}
