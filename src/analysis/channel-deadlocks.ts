import { defineAnalysis } from "../core/analysis.ts";
import type { Trace } from "../core/finding.ts";
import type { Place } from "../core/position.ts";
import type { FunctionHeader, FunctionModel } from "../model/function.ts";
import type { Operation } from "../model/operation.ts";
import { exploredFunctions } from "./explored-functions.ts";
import type { StuckThread } from "./explorer/explore.ts";
import { describeWait, traceOf } from "./explorer/trace.ts";

/** A function that waits for something that none of the goroutines it started will ever do. */
export interface ChannelDeadlock {
  readonly function: FunctionHeader;
  readonly at: Place;
  /** `waits to send on results`. */
  readonly wait: string;
  /** Where the goroutines it started are stuck as well. */
  readonly others: readonly { readonly at: Place; readonly wait: string }[];
  readonly trace: Trace;
}

/** The explored function itself is stuck: one deadlock for each place where it waits for ever. */
export const channelDeadlocks = defineAnalysis(
  "channel deadlocks",
  (use): readonly ChannelDeadlock[] =>
    use(exploredFunctions).flatMap(({ model, stuck }) => deadlocksOf(model, stuck)),
);

function deadlocksOf(model: FunctionModel, stuck: readonly StuckThread[]): ChannelDeadlock[] {
  const others = stuck.filter(({ thread, isLeftBehind }) => thread !== 0 && !isLeftBehind);
  // `<-make(chan bool)` keeps a process alive.
  const isKeptAlive = model.name === "main" && others.length === 0;
  return stuck.flatMap((one) => {
    const [operation] = one.waitsFor;
    if (one.thread !== 0 || one.dependsOnData || !operation || !isAtChannelOrGroup(operation))
      return [];
    if (isKeptAlive && operation.kind === "receive") return [];
    return {
      function: model,
      at: one.at,
      wait: waitOf(one),
      others: others.map((other) => ({ at: other.at, wait: waitOf(other) })),
      trace: traceOf(model, one),
    };
  });
}

function waitOf({ waitsFor }: StuckThread): string {
  return waitsFor.map(describeWait).join(" or ");
}

/** A lock that is never released is told by the rules about locks. */
function isAtChannelOrGroup({ kind }: Operation): boolean {
  return kind === "send" || kind === "receive" || kind === "wait";
}
